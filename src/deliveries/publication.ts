import { sql } from 'kysely'
import type { KeptArticle } from '../articles/kept.ts'
import type { PlatformId } from '../platforms/platform.ts'
import { tellChange } from '../store/changes.ts'
import type { Db } from '../store/store.ts'

/** When its site publishes an article, where that is still to come; null where it is out. */
export function comesOutAt(
  article: Pick<KeptArticle, 'publishedAt'> | null,
  now: Date,
): Date | null {
  const at = Date.parse(article?.publishedAt ?? '')
  return at > now.getTime() ? new Date(at) : null
}

/**
 * What waits for its site's own moment follows where that is moved, earlier or later. Answers the accounts to wake,
 * and when.
 */
export async function followPublication(
  db: Db,
  now: Date,
): Promise<{ id: number; platform: PlatformId; at: Date }[]> {
  const waiting = await db
    .selectFrom('deliveries')
    .innerJoin('articles', 'articles.id', 'deliveries.article_id')
    .innerJoin('accounts', 'accounts.id', 'deliveries.account_id')
    .select(['deliveries.id', 'account_id', 'platform', 'site_at', 'article'])
    .where('site_at', 'is not', null)
    .where('deliveries.state', 'in', ['held', 'pending'])
    .where('deliveries.due_at', '>', now)
    .where('articles.state', '=', 'ready')
    .execute()
  const woken: { id: number; platform: PlatformId; at: Date }[] = []
  for (const { id, account_id, platform, site_at, article } of waiting) {
    const out = comesOutAt(article, now)
    if (out?.getTime() === site_at?.getTime()) continue
    const at = out ?? now
    const { numUpdatedRows } = await db
      .updateTable('deliveries')
      .set((row) => ({
        due_at: at,
        first_due_at: at,
        site_at: out,
        version: sql<number>`${row.ref('version')} + 1`,
      }))
      .where('id', '=', id)
      .where('site_at', '=', site_at)
      .where('state', 'in', ['held', 'pending'])
      .where('tries', '=', 0)
      .where('lease_token', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) continue
    await tellChange(db, `d${id}`)
    woken.push({ id: account_id, platform, at })
  }
  return woken
}
