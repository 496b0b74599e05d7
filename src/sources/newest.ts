import type { ReadingMeans } from '../articles/ingest.ts'
import { keepRead, keepUnreadable } from '../articles/ledger.ts'
import { readArticle } from '../articles/read.ts'
import { Problem } from '../locale/problem.ts'
import type { Via } from '../store/schema.ts'

/** Should we stop between reading and announcing, the sweep announces what was read this much later. */
const NET_MS = 120_000

/**
 * Reads the newest known articles of these sources, newest first, until `count` of them can be announced
 * (a protected page does not count), and answers their ids, oldest first. For `--backfill` and the sandbox.
 */
export async function readNewest(
  means: ReadingMeans,
  sources: readonly number[],
  count: number,
  via: Via,
): Promise<number[]> {
  if (sources.length === 0 || count <= 0) return []
  const known = await means.db
    .selectFrom('articles')
    .select(['id', 'url', 'hint', 'source_id'])
    .where('state', '=', 'known')
    .where('source_id', 'in', [...sources])
    .execute()
  const newestFirst = known.toSorted(
    (one, other) => publishedAt(other.hint) - publishedAt(one.hint) || other.id - one.id,
  )
  const ready: number[] = []
  for (const row of newestFirst) {
    if (ready.length === count) break
    try {
      const read = await readArticle(row.url, {
        fetch: means.fetch,
        hint: row.hint,
        remove: means.junkOf(row.url),
      })
      const now = means.clock()
      const dueAt = new Date(now.getTime() + NET_MS)
      const kept = await means.db
        .transaction()
        .execute((tx) => keepRead(tx, read, { heardAs: row.id, via, dueAt, now }))
      if (kept.state === 'ready') ready.push(kept.id)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      means.log.info('article passed over', { url: row.url, problem: error.kind })
      if (error.kind === 'article-protected') await keepUnreadable(means.db, row.id, error)
    }
  }
  return ready.toReversed()
}

function publishedAt(hint: { publishedAt?: string | null } | null): number {
  return hint?.publishedAt ? Date.parse(hint.publishedAt) : 0
}
