import { sql } from 'kysely'
import type { PlatformId } from '../platforms/platform.ts'
import { tellChange } from '../store/changes.ts'
import type { Db } from '../store/store.ts'
import { noticeStates } from './noticing.ts'
import { thaw } from './thaw.ts'

/**
 * What has not gone out yet follows its article: a held post is another one now (an approval of the former counts
 * no more), one that was refused for its content is tried again. Posts that wait are written when they go out.
 * Answers the accounts to wake.
 */
export async function followRevisions(
  db: Db,
  now: Date,
): Promise<{ id: number; platform: PlatformId }[]> {
  const behind = await db
    .selectFrom('deliveries')
    .innerJoin('articles', 'articles.id', 'deliveries.article_id')
    .innerJoin('accounts', 'accounts.id', 'deliveries.account_id')
    .select(['deliveries.id', 'account_id', 'platform'])
    .where('deliveries.state', 'in', ['held', 'failed'])
    .where('articles.state', '=', 'ready')
    .whereRef('deliveries.revision', '<', 'articles.revision')
    .execute()
  const woken = new Map<number, { id: number; platform: PlatformId }>()
  for (const { id, account_id, platform } of behind) {
    if (await follow(db, id, now)) woken.set(account_id, { id: account_id, platform })
  }
  return [...woken.values()]
}

/** True where it may go out now. */
function follow(db: Db, id: number, now: Date): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('deliveries')
      .innerJoin('articles', 'articles.id', 'deliveries.article_id')
      .select(['deliveries.state', 'error', 'articles.revision'])
      .where('deliveries.id', '=', id)
      .forNoKeyUpdate('deliveries')
      .executeTakeFirstOrThrow()
    const forContent = ['rejected', 'template'].includes(row.error?.kind ?? '')
    const again = row.state === 'failed' && forContent && (await thaw(tx, id))
    const first = { due_at: now, first_due_at: now, tries: 0, error: null, left_at: null }
    await tx
      .updateTable('deliveries')
      .set((current) => ({
        revision: row.revision,
        ...(again && { state: 'pending' as const, ...first }),
        version: sql<number>`${current.ref('version')} + 1`,
      }))
      .where('id', '=', id)
      .where('state', '=', row.state)
      .execute()
    await tellChange(tx, `d${id}`)
    await noticeStates(tx, [id], now)
    return again
  })
}
