import type { Transaction } from 'kysely'
import type { DecisionKind, Door, Ledger } from '../store/schema.ts'
import type { Db } from '../store/store.ts'

/** Who decides, and by which way in. */
export interface Person {
  /** A name for people: `Anna (123456789)` in Telegram, `command line`, `page`, `API`. */
  who: string
  door: Door
}

/** One decision to be kept: about a delivery, an article that came with a flood, or an account. */
export interface Keeping {
  kind: DecisionKind
  delivery?: number
  article?: number
  account?: number
  /** The notice it was one answer to. */
  notice?: number
  from: string
  to: string
}

/** Keeps what was decided, in the transaction that carries it out. */
export async function keepDecisions(
  tx: Transaction<Ledger>,
  decided: readonly Keeping[],
  by: Person,
  now: Date,
): Promise<void> {
  if (decided.length === 0) return
  await tx
    .insertInto('decisions')
    .values(
      decided.map(({ kind, delivery, article, account, notice, from, to }) => ({
        at: now,
        kind,
        who: by.who,
        door: by.door,
        delivery_id: delivery ?? null,
        article_id: article ?? null,
        account_id: account ?? null,
        notice_id: notice ?? null,
        from_state: from,
        to_state: to,
      })),
    )
    .execute()
}

/** Two rows turn out to be one account: what was decided about the one was about the other. */
export async function handDecisions(
  tx: Transaction<Ledger>,
  from: number,
  to: number,
): Promise<void> {
  await tx.updateTable('decisions').set({ account_id: to }).where('account_id', '=', from).execute()
}

/** A decision as every door tells it. */
export interface DecisionView {
  /** ISO 8601. */
  at: string
  kind: DecisionKind
  who: string
  door: Door
  /** `d34`; null where it was about an account or a whole article. */
  delivery: string | null
  from: string
  to: string
}

/** What was decided about these deliveries and this article, oldest first. */
export async function decisionsOn(
  db: Db | Transaction<Ledger>,
  on: { deliveries?: readonly number[]; article?: number; account?: number; notice?: number },
): Promise<DecisionView[]> {
  const rows = await db
    .selectFrom('decisions')
    .selectAll()
    .where((row) =>
      row.or([
        row('delivery_id', 'in', [...(on.deliveries ?? []), 0]),
        row('article_id', '=', on.article ?? 0),
        row('account_id', '=', on.account ?? 0),
        row('notice_id', '=', on.notice ?? 0),
      ]),
    )
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    at: row.at.toISOString(),
    kind: row.kind,
    who: row.who,
    door: row.door,
    delivery: row.delivery_id === null ? null : `d${row.delivery_id}`,
    from: row.from_state,
    to: row.to_state,
  }))
}
