import type { Transaction } from 'kysely'
import { decisionsOn } from '../decisions/ledger.ts'
import type { DeliveryState, Ledger } from '../store/schema.ts'
import type { Decided, Refused, Wish } from './decide.ts'
import { editionOf, type Locked, lockable } from './locked.ts'
import { move } from './move.ts'
import { hindrance } from './moves.ts'

/** The delivery, or all of an article, locked until the transaction ends. */
export function lockRows(
  tx: Transaction<Ledger>,
  on: { delivery: number } | { article: number },
): Promise<Locked[]> {
  return lockable(tx)
    .$if('delivery' in on, (query) =>
      query.where('deliveries.id', '=', 'delivery' in on ? on.delivery : 0),
    )
    .$if('article' in on, (query) =>
      query.where('article_id', '=', 'article' in on ? on.article : 0),
    )
    .execute()
}

/** Moves those of the rows that the decision fits, or says of each why not. `notice`: what it answers. */
export async function decideRows(
  tx: Transaction<Ledger>,
  rows: readonly Locked[],
  { version, decision, by }: Wish,
  now: Date,
  notice?: number,
): Promise<Decided> {
  const seen = version === null || version === editionOf(rows)
  const why = (row: Locked) => (seen ? hindrance(row, decision) : ('changed' as const))
  const fit = rows.filter((row) => why(row) === null)
  const verdict = { decision, by, ...(notice !== undefined && { notice }) }
  const moved = await move(tx, fit, verdict, now)
  // Where it fitted some of an article's deliveries, the others are no news.
  const left = moved.length > 0 ? [] : rows
  const refused = await refusals(tx, left, why)
  return { moved, refused, articles: null, late: null, seen: false }
}

async function refusals(
  tx: Transaction<Ledger>,
  rows: readonly Locked[],
  why: (row: Locked) => Refused['why'] | null,
): Promise<Refused[]> {
  const decided = await decisionsOn(tx, { deliveries: rows.map(({ id }) => id) })
  return rows.map((row) => ({
    id: `d${row.id}`,
    article: `a${row.article_id}`,
    account: row.account,
    platform: row.platform,
    why: why(row) ?? 'unfit',
    state: row.state satisfies DeliveryState,
    version: row.version,
    last: decided.findLast(({ delivery }) => delivery === `d${row.id}`) ?? null,
  }))
}
