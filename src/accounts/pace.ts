import type { Pace } from '../platforms/platform.ts'

/**
 * When an account may make its next publishing call, and what stays spent after it: a bucket that holds
 * `burst` calls and refills one each `everyMs`. One moment in the account's row is all it needs, so the
 * pace is the same for all workers.
 */
export function nextTurn(
  spentUntil: Date | null,
  pace: Pace,
  now: Date,
): { at: Date; spentUntil: Date } {
  const spent = Math.max(spentUntil?.getTime() ?? 0, now.getTime())
  const at = Math.max(now.getTime(), spent - (pace.burst - 1) * pace.everyMs)
  return { at: new Date(at), spentUntil: new Date(spent + pace.everyMs) }
}
