import { findByKeys } from '../articles/ledger.ts'
import { keysOf } from '../articles/identity.ts'
import type { ArticleState, KeptProblem, Via } from '../store/schema.ts'
import type { Db } from '../store/store.ts'
import type { Article } from '../articles/article.ts'
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
  deliveries: DeliveryWithPost[]
}

/** Everything known about one article. Null where there is no such row. */
export async function articleStory(db: Db, id: number): Promise<ArticleView | null> {
  const row = await db.selectFrom('articles').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) return null
  return {
    ...row.article,
    id: `a${row.id}`,
    url: row.url,
    title: row.article?.title ?? row.hint?.title ?? '',
    state: row.state,
    language: row.article?.language ?? null,
    via: row.via,
    heardAt: row.heard_at.toISOString(),
    problem: row.problem,
    deliveries: await deliveries(db, { article: id }),
  }
}

/** The article known by an address, in any spelling of it. */
export async function articleOfAddress(db: Db, address: string): Promise<number | null> {
  return (await findByKeys(db, keysOf({ addresses: [address] })))?.id ?? null
}
