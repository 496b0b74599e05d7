import { sql, type Transaction } from 'kysely'
import { tellChange } from '../store/changes.ts'
import type { Ledger } from '../store/schema.ts'
import type { Db } from '../store/store.ts'
import { notGoneOut } from './locked.ts'
import { noticeStates } from './noticing.ts'

/** The same for one article, in a transaction of its own. */
export async function withdraw(db: Db, article: number, now: Date): Promise<void> {
  await db.transaction().execute((tx) => cancelWithdrawn(tx, { article }, now))
}

/**
 * Cancels what has not gone out yet of articles that their site withdrew; what is on its way settles first, and
 * what stands stays. `narrow` says which: those of one article, or all on one account.
 */
export async function cancelWithdrawn(
  tx: Transaction<Ledger>,
  narrow: { article: number } | { account: number },
  now: Date,
): Promise<number[]> {
  const canceled = await tx
    .updateTable('deliveries')
    .set((row) => ({
      state: 'canceled' as const,
      canceled_for: 'withdrawn' as const,
      due_at: null,
      held_for: null,
      version: sql<number>`${row.ref('version')} + 1`,
    }))
    .where('id', 'in', (query) =>
      notGoneOut(query)
        .where('article_id', 'in', (articles) =>
          articles.selectFrom('articles').select('id').where('state', '=', 'withdrawn'),
        )
        .$if('article' in narrow, (rows) =>
          rows.where('article_id', '=', 'article' in narrow ? narrow.article : 0),
        )
        .$if('account' in narrow, (rows) =>
          rows.where('account_id', '=', 'account' in narrow ? narrow.account : 0),
        ),
    )
    .returning('id')
    .execute()
  const ids = canceled.map(({ id }) => id)
  for (const id of ids) await tellChange(tx, `d${id}`)
  await noticeStates(tx, ids, now)
  return ids
}
