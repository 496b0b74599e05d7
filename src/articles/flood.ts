import { sql, type Transaction } from 'kysely'
import type { Ledger } from '../store/schema.ts'
import type { Db } from '../store/store.ts'

type Tx = Transaction<Ledger>

/** Articles that a source brought since a moment, that are to be announced and nobody has decided about. */
export async function newOf(tx: Tx, source: number, since: Date): Promise<number[]> {
  const rows = await tx
    .selectFrom('articles')
    .select('id')
    .where('source_id', '=', source)
    .where('via', 'in', ['feed', 'hook'])
    .where('state', 'in', ['heard', 'ready'])
    .where('verdict', 'is', null)
    .where('heard_at', '>', since)
    .execute()
  return rows.map(({ id }) => id)
}

/** Articles join a flood; answers those that are new in it. */
export async function joinFlood(
  tx: Tx,
  articles: readonly number[],
  notice: number,
): Promise<number[]> {
  const rows = await tx
    .updateTable('articles')
    .set({ notice_id: notice })
    .where('id', 'in', [...articles])
    .where((row) => row.or([row('notice_id', 'is', null), row('notice_id', '!=', notice)]))
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** A flood's articles, newest first by the date their site gives them, else by when they were heard. */
function members(db: Db | Tx, notice: number) {
  const published = sql`coalesce(article ->> 'publishedAt', hint ->> 'publishedAt')`
  return db
    .selectFrom('articles')
    .where('notice_id', '=', notice)
    .orderBy(sql`case when ${published} ~ '^\\d{4}-\\d\\d-\\d\\d' then (${published})::timestamptz
      else heard_at end desc`)
    .orderBy('id', 'desc')
}

/** A flood's articles, newest first. */
export async function membersOf(tx: Tx, notice: number): Promise<number[]> {
  const rows = await members(tx, notice).select('id').execute()
  return rows.map(({ id }) => id)
}

/** An article of a flood as every door tells it. */
export interface FloodMember {
  id: string
  title: string
  url: string
}

/** The newest articles of a flood, newest first. */
export async function floodMembers(db: Db, notice: number, limit: number): Promise<FloodMember[]> {
  const title = sql<string | null>`coalesce(article ->> 'title', hint ->> 'title')`
  const rows = await members(db, notice)
    .select(['id', 'url', title.as('title')])
    .limit(limit)
    .execute()
  return rows.map((row) => ({ id: `a${row.id}`, title: row.title ?? row.url, url: row.url }))
}

/** Those among them that are still to be read or announced. */
export async function unreadOf(tx: Tx, articles: readonly number[]): Promise<number[]> {
  if (articles.length === 0) return []
  const rows = await tx
    .selectFrom('articles')
    .select('id')
    .where('id', 'in', [...articles])
    .where('state', 'in', ['heard', 'ready'])
    .where('due_at', 'is not', null)
    .execute()
  return rows.map(({ id }) => id)
}

/** What a person said of a flood's articles: it counts for those too that are still to be read. */
export async function sayOfFlood(
  tx: Tx,
  articles: readonly number[],
  verdict: 'go' | 'skip',
): Promise<void> {
  await tx
    .updateTable('articles')
    .set({ verdict })
    .where('id', 'in', [...articles])
    .execute()
}
