import { nextTurn } from '../accounts/pace.ts'
import type { Pace } from '../platforms/platform.ts'

/** What decides when a waiting delivery will go out at about. */
export interface Waiting {
  id: string
  dueAt: Date
}

/**
 * About when each waiting delivery of one account goes out, in order: not before it is due, nor before the
 * account may, and then by the account's pace.
 */
export function forecast(
  waiting: readonly Waiting[],
  account: { spentUntil: Date | null; waitUntil: Date | null; pace: Pace },
  now: Date,
): Map<string, Date> {
  const times = new Map<string, Date>()
  let spent = account.spentUntil
  const free = account.waitUntil !== null && account.waitUntil > now ? account.waitUntil : now
  for (const { id, dueAt } of waiting.toSorted((one, other) => +one.dueAt - +other.dueAt)) {
    const turn = nextTurn(spent, account.pace, dueAt > free ? dueAt : free)
    times.set(id, turn.at)
    spent = turn.spentUntil
  }
  return times
}
