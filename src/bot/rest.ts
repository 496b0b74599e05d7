import { setTimeout as after } from 'node:timers/promises'

/** Waits so long, or until there is to be an end. */
export async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await after(ms, undefined, { signal }).catch(() => undefined)
}
