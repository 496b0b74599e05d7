import { PlatformError } from '../platforms/error.ts'
import { reasonOf } from '../reason.ts'
import type { Program } from './desk.ts'

/** So long the same cause is not said again: a bot that two programs poll fails every other time. */
const AGAIN_MS = 3_600_000

/** Says what goes wrong, each cause once an hour and not at each try. */
export function troubleTeller({ log, store }: Pick<Program, 'log' | 'store'>) {
  const said = new Map<string, number>()
  return (what: string, error: unknown, facts: Readonly<Record<string, number>> = {}): void => {
    const reason = error instanceof PlatformError ? error.reason : reasonOf(error)
    const cause = JSON.stringify([what, reason, facts])
    const now = store.clock().getTime()
    if (now - (said.get(cause) ?? 0) < AGAIN_MS) return
    said.set(cause, now)
    log.warn(what, { ...facts, reason })
  }
}
