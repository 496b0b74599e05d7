import { Problem } from '../locale/problem.ts'
import type { Counts, PlatformId } from '../platforms/platform.ts'
import type { Db } from '../store/store.ts'
import { published, sums, type Sums, sumsOf } from './sums.ts'

/** A delivery's newest counts as every door tells them: the public shape, `Counts` in the docs. */
export interface CountsView extends Counts {
  delivery: string
  account: string
  platform: PlatformId
  url: string | null
  /** ISO 8601; null where it was not counted yet. */
  countedAt: string | null
}

/** Counts at one moment of a series. */
export interface SampleView extends Counts {
  /** ISO 8601. */
  at: string
}

/** What an account's posts brought. */
export interface AccountStats extends Sums {
  account: string
  platform: PlatformId
}

/** What an article's posts brought, over all accounts. */
export interface ArticleStats extends Sums {
  article: string
  title: string
  url: string
}

/** How counts are put together. */
export type By = 'account' | 'article'
const ways: readonly By[] = ['account', 'article']

/** The way somebody wrote. Throws `usage-by`. */
export function byOf(typed: string): By {
  const by = ways.find((way) => way === typed.trim())
  if (by === undefined) throw new Problem('usage-by', { typed, known: ways.join(', ') })
  return by
}

/** The newest counts of deliveries, by their number; those that never stood are not in it. */
export async function latestCounts(
  db: Db,
  deliveries: readonly number[],
): Promise<Map<number, CountsView>> {
  if (deliveries.length === 0) return new Map()
  const rows = await db
    .selectFrom('deliveries')
    .innerJoin('accounts', 'accounts.id', 'deliveries.account_id')
    .leftJoin('counts', 'counts.delivery_id', 'deliveries.id')
    .leftJoin('parts', (join) =>
      join.onRef('parts.delivery_id', '=', 'deliveries.id').on('parts.position', '=', 0),
    )
    .select(['deliveries.id', 'accounts.name', 'accounts.platform', 'parts.syndication'])
    .select(['likes', 'reposts', 'replies', 'quotes', 'views', 'rounded', 'counted_at'])
    .where('deliveries.id', 'in', [...deliveries])
    .where('deliveries.state', 'in', ['published', 'deleted'])
    .execute()
  return new Map(
    rows.map(({ id, name, platform, syndication, counted_at, rounded, ...numbers }) => [
      id,
      {
        delivery: `d${id}`,
        account: name,
        platform,
        url: syndication?.url ?? null,
        ...numbers,
        rounded: rounded ?? [],
        countedAt: counted_at?.toISOString() ?? null,
      },
    ]),
  )
}

/** A delivery's counts over time, oldest first: a sample for each change. */
export async function series(db: Db, delivery: number): Promise<SampleView[]> {
  const rows = await db
    .selectFrom('samples')
    .select(['at', 'likes', 'reposts', 'replies', 'quotes', 'views', 'rounded'])
    .where('delivery_id', '=', delivery)
    .orderBy('at')
    .execute()
  return rows.map(({ at, ...counts }) => ({ at: at.toISOString(), ...counts }))
}

/**
 * What posts brought since they were published, of those published since then (null: of all): by account, or by
 * article, the newest first, at most `limit` of them.
 */
export async function stats(
  db: Db,
  { since, by, limit = null }: { since: Date | null; by: By; limit?: number | null },
): Promise<(AccountStats | ArticleStats)[]> {
  return by === 'account' ? accountStats(db, since) : articleStats(db, since, limit)
}

async function accountStats(db: Db, since: Date | null): Promise<AccountStats[]> {
  const rows = await published(db, since)
    .innerJoin('accounts', 'accounts.id', 'deliveries.account_id')
    .select(['accounts.name as account', 'accounts.platform'])
    .select(sums)
    .groupBy(['accounts.id'])
    .orderBy('accounts.id')
    .execute()
  return rows.map(({ account, platform, ...row }) => ({ account, platform, ...sumsOf(row) }))
}

async function articleStats(
  db: Db,
  since: Date | null,
  limit: number | null,
): Promise<ArticleStats[]> {
  // Added up before titles are looked for: an article is long.
  const summed = published(db, since)
    .select('deliveries.article_id')
    .select(sums)
    .groupBy('deliveries.article_id')
    .orderBy('deliveries.article_id', 'desc')
    .$if(limit !== null, (query) => query.limit(limit ?? 0))
  const rows = await db
    .selectFrom(summed.as('summed'))
    .innerJoin('articles', 'articles.id', 'summed.article_id')
    .selectAll('summed')
    .select((row) => [
      'articles.id',
      'articles.url',
      row.ref('articles.article', '->>').key('title').as('title'),
    ])
    .orderBy('articles.id', 'desc')
    .execute()
  return rows.map(({ id, url, title, article_id: _, ...row }) => ({
    article: `a${id}`,
    title: title ?? url,
    url,
    ...sumsOf(row),
  }))
}
