import { PlatformError } from '../platforms/error.ts'
import type { Desk } from './desk.ts'
import { recentSubjects } from './kept.ts'
import { refresh } from './refresh.ts'
import { rest } from './rest.ts'
import { troubleTeller } from './trouble.ts'

/** What moves in a burst is shown once. */
const FOLD_MS = 3000
const AWAY_MS = 30_000
/** What moved while nobody looked is brought up to date in messages of so long ago. */
const RECENT_MS = 24 * 3_600_000

/**
 * Brings messages up to date as the ledger moves, one round after the other, so that what is newer is shown
 * later. Whoever begins, or was cut off from the ledger, looks through all recent messages first. Never throws.
 */
export async function keepUp(desk: Desk, signal: AbortSignal): Promise<void> {
  const { db, session, clock } = desk.program.store
  const trouble = troubleTeller(desk.program)
  const moves = gather(desk.program.store, signal)
  let missed = true
  const lookThrough = () => {
    missed = true
    moves.add('missed')
  }
  session.on('back', lookThrough)
  while (!signal.aborted) {
    const moved = moves.take()
    const all: boolean = missed
    missed = false
    try {
      const since = new Date(clock().getTime() - RECENT_MS)
      const more = all ? await recentSubjects(db, desk.bot, since) : []
      await refresh(desk, new Set([...moved, ...more]))
      await moves.some()
      await rest(FOLD_MS, signal)
    } catch (error) {
      if (signal.aborted) break
      trouble('bot could not bring a message up to date', error)
      // When the ledger is back we are told; what fails in the program itself would fail again.
      if (error instanceof PlatformError) {
        missed ||= all
        for (const id of moved) moves.add(id)
      }
      await rest(waitAfter(error, clock()), signal)
    }
  }
  session.off('back', lookThrough)
}

/** Takes up what the ledger tells, until it is asked for. */
function gather({ session }: Desk['program']['store'], signal: AbortSignal) {
  let moved = new Set<string>()
  let wake: () => void = () => undefined
  const add = (id: string) => {
    moved.add(id)
    wake()
  }
  session.on('change', add)
  signal.addEventListener('abort', () => {
    session.off('change', add)
    wake()
  })
  return {
    add,
    take: () => {
      const now = moved
      moved = new Set()
      return now
    },
    /** Resolves once there is something, or there is to be an end. */
    some: () =>
      new Promise<void>((resolve) => {
        wake = resolve
        if (moved.size > 0 || signal.aborted) resolve()
      }),
  }
}

function waitAfter(error: unknown, now: Date): number {
  const until = error instanceof PlatformError ? error.retryAt : null
  return until === null ? AWAY_MS : Math.max(FOLD_MS, until.getTime() - now.getTime())
}
