import { configuredAccounts } from '../accounts/ledger.ts'
import type { ReadingMeans } from '../articles/ingest.ts'
import { readNewest } from '../sources/newest.ts'
import type { Via } from '../store/schema.ts'
import { announceDue } from './announce.ts'

/**
 * Announces the newest known articles of some sources on every account, oldest of them first.
 * Answers how many.
 */
export async function announceNewest(
  means: ReadingMeans,
  schema: string,
  sources: readonly number[],
  count: number,
  via: Via,
): Promise<number> {
  const articles = await readNewest(means, sources, count, via)
  const accounts = await configuredAccounts(means.db)
  for (const article of articles) {
    await announceDue(means.db, schema, article, accounts, means.clock())
  }
  return articles.length
}
