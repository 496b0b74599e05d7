import { type ArticleRow, findByKeys } from '../articles/ledger.ts'
import { keysOf } from '../articles/identity.ts'
import type { ArticleState, KeptProblem, Via } from '../store/schema.ts'
import type { Db } from '../store/store.ts'
import type { Article } from '../articles/article.ts'
import { whole } from '../articles/kept.ts'
import { editionOf } from './locked.ts'
import { deliveries, type DeliveryWithPost } from './view.ts'

/** An article as every door tells it: the public shape, `Article` in the docs. */
export interface ArticleView extends Partial<Article> {
  id: string
  url: string
  title: string
  state: ArticleState
  language: string | null
  via: Via
  heardAt: string
  /** Why it could not be read, where that is so. */
  problem: KeptProblem | null
  /** What a decision about all its deliveries must name as the version seen. */
  version: number
  deliveries: DeliveryWithPost[]
}

/** Everything known about one article. Null where there is no such row. */
export async function articleStory(db: Db, id: number): Promise<ArticleView | null> {
  const row = await db.selectFrom('articles').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : storyOf(row, await deliveries(db, { article: id }))
}

/** An article as lists tell it: without what it says. */
export interface ArticleLine extends Pick<
  ArticleView,
  'id' | 'url' | 'title' | 'state' | 'language' | 'heardAt' | 'problem' | 'deliveries'
> {
  publishedAt: string | null
}

/** The same without reading what they say, which is long: for lists. */
export async function newestLines(
  db: Db,
  { limit, before }: { limit: number; before: number | null },
): Promise<ArticleLine[]> {
  const rows = await db
    .selectFrom('articles')
    .select((row) => [
      'id',
      'url',
      'state',
      'heard_at',
      'problem',
      row.ref('article', '->>').key('title').as('title'),
      row.ref('hint', '->>').key('title').as('hint'),
      row.ref('article', '->>').key('language').as('language'),
      row.ref('article', '->>').key('publishedAt').as('published_at'),
    ])
    .$if(before !== null, (query) => query.where('id', '<', before))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  const all = await deliveries(db, { articles: rows.map(({ id }) => id) })
  const byArticle = Map.groupBy(all, ({ article }) => article)
  return rows.map((row) => {
    const own = byArticle.get(`a${row.id}`) ?? []
    return {
      id: `a${row.id}`,
      url: row.url,
      title: row.title ?? row.hint ?? '',
      state: row.state,
      language: row.language,
      publishedAt: row.published_at,
      heardAt: row.heard_at.toISOString(),
      problem: row.problem,
      deliveries: own,
    }
  })
}

/** Articles with their deliveries, the newest first; `before`: only those heard before that one. */
export async function newestStories(
  db: Db,
  { limit, before }: { limit: number; before: number | null },
): Promise<ArticleView[]> {
  const rows = await db
    .selectFrom('articles')
    .selectAll()
    .$if(before !== null, (query) => query.where('id', '<', before))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  const all = await deliveries(db, { articles: rows.map(({ id }) => id) })
  const byArticle = Map.groupBy(all, ({ article }) => article)
  return rows.map((row) => storyOf(row, byArticle.get(`a${row.id}`) ?? []))
}

function storyOf(row: ArticleRow, all: DeliveryWithPost[]): ArticleView {
  return {
    ...(row.article && whole(row.article)),
    id: `a${row.id}`,
    url: row.url,
    title: row.article?.title ?? row.hint?.title ?? '',
    state: row.state,
    language: row.article?.language ?? null,
    via: row.via,
    heardAt: row.heard_at.toISOString(),
    problem: row.problem,
    version: editionOf(all),
    deliveries: all,
  }
}

/** The article known by an address, in any spelling of it. */
export async function articleOfAddress(db: Db, address: string): Promise<number | null> {
  return (await findByKeys(db, keysOf({ addresses: [address] })))?.id ?? null
}
