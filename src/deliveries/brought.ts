import { configuredAccounts } from '../accounts/ledger.ts'
import type { ReadingMeans } from '../articles/ingest.ts'
import { announcedVia, readingsOf } from '../articles/ledger.ts'
import { wakeAccounts } from '../queue/accounts.ts'
import { readArticleJob } from '../queue/jobs.ts'
import type { Queue } from '../queue/queue.ts'
import { backfillDone, configuredSources } from '../sources/ledger.ts'
import { readNewest } from '../sources/newest.ts'
import { type Polled, pollDue } from '../sources/poll.ts'
import type { Via } from '../store/schema.ts'
import { announceDue } from './announce.ts'
import type { HoldRules } from './hold.ts'

/** How many articles a sandbox announces by itself, so that there is something to see. */
const SANDBOX_SHOWS = 3

/** What it takes to read sources and to announce what they bring. */
export interface SourceMeans extends ReadingMeans {
  everyMs: number
  queue: Queue
  backfill: number
  sandbox: boolean
  holding: HoldRules
}

/**
 * Reads the sources that are due. What they bring is read next; of a source that was read for the first time
 * the newest few are announced, where somebody asked for them. Answers what was read and how many go out.
 */
export async function readSources(
  means: SourceMeans,
): Promise<{ polled: Polled[]; announced: number }> {
  const polled = await pollDue(means)
  for (const { baseline, heard } of polled) {
    if (baseline) continue
    for (const { id, at } of await readingsOf(means.db, heard)) {
      await means.queue.wake(readArticleJob(id), at)
    }
  }
  const sources = await configuredSources(means.db)
  if (means.sandbox) {
    const missing = SANDBOX_SHOWS - (await announcedVia(means.db, 'sandbox'))
    const ids = sources.map(({ id }) => id)
    return { polled, announced: await announceNewest(means, ids, missing, 'sandbox') }
  }
  let announced = 0
  for (const { id, backfill } of sources) {
    if (backfill === null) continue
    announced += await announceNewest(means, [id], backfill, 'backfill')
    await backfillDone(means.db, id)
  }
  return { polled, announced }
}

/** The newest known articles, announced on every account, oldest of them first. */
async function announceNewest(
  means: SourceMeans,
  sources: readonly number[],
  count: number,
  via: Via,
): Promise<number> {
  const articles = await readNewest(means, sources, count, via)
  const accounts = await configuredAccounts(means.db)
  for (const article of articles) {
    await announceDue(means.db, article, accounts, means.holding, means.clock())
  }
  if (articles.length > 0) {
    await wakeAccounts(means.queue, accounts)
  }
  return articles.length
}
