import type { Selectable, Transaction } from 'kysely'
import { membersOf } from '../articles/flood.ts'
import { decisionsOn, keepDecisions } from '../decisions/ledger.ts'
import { close, isClosed } from '../notices/ledger.ts'
import type { Ledger, NoticesTable } from '../store/schema.ts'
import type { Decided, Late, Wish } from './decide.ts'
import { decideRows, lockRows } from './decide-rows.ts'
import { decideFlood } from './flood.ts'

type NoticeRow = Selectable<NoticesTable>

/**
 * A notice stands for what it is about; a flood for all that came with it. Its own row is not locked: everybody
 * locks what it is about first, so that nobody waits in a circle.
 */
export async function answerNotice(
  tx: Transaction<Ledger>,
  id: number,
  wish: Wish,
  now: Date,
): Promise<Decided> {
  const notice = await tx
    .selectFrom('notices')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const answer = await answerTo(tx, notice, wish, now)
  return typeof answer === 'string' ? tooLate(tx, notice, answer) : answer
}

async function answerTo(
  tx: Transaction<Ledger>,
  { id, kind, delivery_id, article_id, source_id, closed_at }: NoticeRow,
  wish: Wish,
  now: Date,
): Promise<Decided | Late['why']> {
  if (kind === 'gap') return seen(tx, id, wish, now)
  if (source_id !== null) return decideFlood(tx, { id, source: source_id }, wish, now)
  if (delivery_id === null && article_id === null) return closed_at === null ? 'other' : 'closed'
  const on = delivery_id === null ? { article: article_id ?? 0 } : { delivery: delivery_id }
  const rows = await lockRows(tx, on)
  // Asked only under the lock: whoever was first has closed it by then.
  return (await isClosed(tx, id)) ? 'closed' : decideRows(tx, rows, wish, now, id)
}

/** A notice that only tells something: whoever cancels it has seen it. */
async function seen(
  tx: Transaction<Ledger>,
  id: number,
  { decision, by }: Wish,
  now: Date,
): Promise<Decided | Late['why']> {
  if (await isClosed(tx, id)) return 'closed'
  if (decision.kind !== 'cancel') return 'other'
  await close(tx, id, now)
  await keepDecisions(tx, [{ kind: 'cancel', notice: id, from: 'open', to: 'seen' }], by, now)
  return { moved: [], refused: [], articles: null, late: null, seen: true }
}

async function tooLate(
  tx: Transaction<Ledger>,
  { id, delivery_id, article_id, account_id }: NoticeRow,
  why: Late['why'],
): Promise<Decided> {
  const about = await tx
    .selectFrom('deliveries')
    .select('id')
    .where((row) =>
      row.or([row('id', '=', delivery_id ?? 0), row('article_id', '=', article_id ?? 0)]),
    )
    .execute()
  const decided = await decisionsOn(tx, {
    deliveries: about.map((row) => row.id),
    ...(article_id !== null && { article: article_id }),
    ...(account_id !== null && { account: account_id }),
    notice: id,
  })
  const { length: articles } = await membersOf(tx, id)
  const last = decided.at(-1) ?? null
  return { moved: [], refused: [], articles: null, late: { why, articles, last }, seen: false }
}
