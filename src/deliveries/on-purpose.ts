import type { Tx } from '../articles/ledger.ts'
import type { Person } from '../decisions/ledger.ts'
import { lockable } from './locked.ts'
import { move, type Moved } from './move.ts'
import { hindrance } from './moves.ts'

/** Why an article is held although nobody asked for that; naming it on purpose answers each of them. */
const reasons = ['old', 'flood', 'late'] as const

/**
 * Somebody names an article on purpose that is held for its age, its number or its delay: that is the approval.
 * Where every article waits for approval, so does this one. `accounts`: only there. Wake them afterwards.
 */
export async function releaseNamed(
  tx: Tx,
  { article, accounts, by }: { article: number; accounts?: readonly number[]; by: Person },
  now: Date,
): Promise<Moved[]> {
  const decision = { kind: 'approve' } as const
  const held = await lockable(tx)
    .where('article_id', '=', article)
    .where('held_for', 'in', reasons)
    .$if(accounts !== undefined, (query) =>
      query.where('account_id', 'in', [...(accounts ?? []), 0]),
    )
    .execute()
  const fit = held.filter((row) => hindrance(row, decision) === null)
  return move(tx, fit, { decision, by }, now)
}
