import { sql, type Transaction } from 'kysely'
import type { Ledger } from '../store/schema.ts'

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
export async function membersOf(tx: Tx, notice: number): Promise<number[]> {
  const published = sql`coalesce(article ->> 'publishedAt', hint ->> 'publishedAt')`
  const rows = await tx
    .selectFrom('articles')
    .select('id')
    .where('notice_id', '=', notice)
    .orderBy(sql`case when ${published} ~ '^\\d{4}-\\d\\d-\\d\\d' then (${published})::timestamptz
      else heard_at end desc`)
    .orderBy('id', 'desc')
    .execute()
  return rows.map(({ id }) => id)
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
