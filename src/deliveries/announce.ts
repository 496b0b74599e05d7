import type { Transaction } from 'kysely'
import { takeDue } from '../articles/ledger.ts'
import { tellChange } from '../store/changes.ts'
import type { Ledger } from '../store/schema.ts'
import type { Db } from '../store/store.ts'

/** What is to be announced where, and from when on. */
export interface Announcement {
  article: number
  accounts: readonly number[]
  /** When it may go out. */
  at: Date
  /** Somebody posts again on purpose: a further round beside the ones there were. */
  again: boolean
}

/**
 * Inserts the deliveries an article still lacks; those that stand already are left as they are.
 * Answers the ids of the new ones.
 */
export async function announce(
  tx: Transaction<Ledger>,
  { article, accounts, at, again }: Announcement,
  now: Date,
): Promise<number[]> {
  if (accounts.length === 0) return []
  const rounds = await tx
    .selectFrom('deliveries')
    .select((row) => ['account_id', row.fn.max('round').as('round')])
    .where('article_id', '=', article)
    .groupBy('account_id')
    .execute()
  const roundOf = new Map(rounds.map((row) => [row.account_id, row.round]))
  const added = await tx
    .insertInto('deliveries')
    .values(
      accounts.map((account) => ({
        article_id: article,
        account_id: account,
        round: again ? (roundOf.get(account) ?? 0) + 1 : 1,
        state: 'pending' as const,
        due_at: at,
        first_due_at: at,
        warnings: '[]',
        created_at: now,
      })),
    )
    .onConflict((conflict) => conflict.columns(['article_id', 'account_id', 'round']).doNothing())
    .returning('id')
    .execute()
  for (const { id } of added) await tellChange(tx, `d${id}`)
  return added.map(({ id }) => id)
}

/**
 * Announces an article that was read because a source brought it: deliveries on all accounts, and it is no
 * longer due, in one transaction. False where there was nothing to do.
 */
export async function announceDue(
  db: Db,
  article: number,
  accounts: readonly { id: number }[],
  now: Date,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    if (!(await takeDue(tx, article))) return false
    const ids = accounts.map(({ id }) => id)
    await announce(tx, { article, accounts: ids, at: now, again: false }, now)
    return true
  })
}
