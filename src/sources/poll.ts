import { keysOf } from '../articles/identity.ts'
import { hear, keptProblem } from '../articles/ledger.ts'
import type { Clock } from '../clock.ts'
import { Problem } from '../locale/problem.ts'
import type { Log } from '../log.ts'
import type { Fetched, GuardedFetch } from '../net/fetch.ts'
import { stackOf } from '../reason.ts'
import type { Via } from '../store/schema.ts'
import type { Db } from '../store/store.ts'
import { type Feed, type FeedItem, parseFeed } from './feed.ts'
import { noticeGap } from './gap.ts'
import type { SourceRow } from './ledger.ts'

/** What it takes to read feeds. */
export interface PollingMeans {
  db: Db
  clock: Clock
  log: Log
  fetch: GuardedFetch
  everyMs: number
  /** How many articles of a source are announced although they were there at its baseline. */
  backfill: number
}

/** What one reading of a source brought. */
export interface Polled {
  source: SourceRow
  /** Its first good answer: everything in it is known and not posted. */
  baseline: boolean
  /** Newly heard articles, oldest first. */
  heard: number[]
  /** Why it could not be read, where that is so. */
  problem: Problem | null
}

const LEASE_MS = 120_000

/** Reads every source that is due, one after the other, each by one process at a time. */
export async function pollDue(means: PollingMeans): Promise<Polled[]> {
  const polled: Polled[] = []
  for (;;) {
    const source = await take(means)
    if (source === null) return polled
    polled.push(await poll(means, source))
  }
}

async function take(means: PollingMeans): Promise<SourceRow | null> {
  const now = means.clock()
  const row = await means.db
    .updateTable('sources')
    .set({ lease_until: new Date(now.getTime() + LEASE_MS) })
    .where('id', '=', (query) =>
      query
        .selectFrom('sources')
        .select('id')
        .where('configured', '=', true)
        .where('due_at', '<=', now)
        .where((row) => row.or([row('lease_until', 'is', null), row('lease_until', '<', now)]))
        .orderBy('due_at')
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .executeTakeFirst()
  return row ?? null
}

async function poll(means: PollingMeans, source: SourceRow): Promise<Polled> {
  try {
    const answer = await means.fetch.get(source.url, {
      accept:
        'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5',
      headers: conditionsOf(source),
    })
    const feed = answer.status === 304 ? null : await parseFeed(answer.text(), answer.url)
    return await keep(means, source, answer, feed)
  } catch (error) {
    const problem = asProblem(means, source, error)
    means.log.warn('source not read', { source: source.url, problem: problem.kind })
    await means.db
      .updateTable('sources')
      .set({ ...rested(means), problem: JSON.stringify(keptProblem(problem)) })
      .where('id', '=', source.id)
      .execute()
    return { source, baseline: false, heard: [], problem }
  }
}

/** A feed that trips over a fault of ours holds up no other. */
function asProblem(means: PollingMeans, source: SourceRow, error: unknown): Problem {
  if (error instanceof Problem) return error
  means.log.error('reading a source failed in the program itself', {
    source: source.url,
    error: stackOf(error),
  })
  return new Problem('unexpected', {})
}

/** What the feed brought stands in the ledger in the same moment as its validators: neither without the other. */
async function keep(
  means: PollingMeans,
  source: SourceRow,
  answer: Fetched,
  feed: Feed | null,
): Promise<Polled> {
  const now = means.clock()
  const baseline = source.baseline_at === null && feed !== null
  const heard = await means.db.transaction().execute(async (tx) => {
    const ids: number[] = []
    for (const item of oldestFirst(feed?.items ?? [])) {
      const id = await hear(tx, asHeard(item, source, baseline, now), now)
      if (id !== null) ids.push(id)
    }
    const reading = {
      items: feed?.items.length ?? 0,
      heard: ids.length,
      everyMs: means.everyMs,
    }
    await noticeGap(tx, source, reading, now)
    await tx
      .updateTable('sources')
      .set({
        ...rested(means),
        ...(feed === null
          ? {}
          : {
              title: feed.title,
              etag: answer.headers.get('etag'),
              last_modified: answer.headers.get('last-modified'),
              baseline_at: source.baseline_at ?? now,
              // Kept with the baseline, so that a stop between the two loses nothing.
              ...(baseline && means.backfill > 0 && { backfill: means.backfill }),
            }),
        last_read_at: now,
        problem: null,
      })
      .where('id', '=', source.id)
      .execute()
    return ids
  })
  if (heard.length > 0) {
    means.log.info(baseline ? 'source known' : 'source brought articles', {
      source: source.url,
      articles: heard.length,
    })
  }
  return { source, baseline, heard, problem: null }
}

/** Feeds tell the newest first, as a rule; their dates know better, where all items have one. */
function oldestFirst(items: readonly FeedItem[]): FeedItem[] {
  const reversed = items.toReversed()
  const at = ({ publishedAt }: FeedItem) => Date.parse(publishedAt ?? '')
  return reversed.some((item) => Number.isNaN(at(item)))
    ? reversed
    : reversed.toSorted((one, other) => at(one) - at(other))
}

function asHeard(item: FeedItem, source: SourceRow, baseline: boolean, now: Date) {
  const via: Via = 'feed'
  return {
    url: item.url,
    keys: keysOf({ addresses: [item.url], guid: item.id }),
    via,
    source: source.id,
    hint: {
      guid: item.id,
      url: item.url,
      title: item.title,
      categories: item.categories,
      description: item.description,
      author: item.author,
      publishedAt: item.publishedAt,
    },
    state: baseline ? ('known' as const) : ('heard' as const),
    dueAt: baseline ? null : now,
  }
}

function conditionsOf(source: SourceRow): Record<string, string> {
  return {
    ...(source.etag === null ? {} : { 'if-none-match': source.etag }),
    ...(source.last_modified === null ? {} : { 'if-modified-since': source.last_modified }),
  }
}

function rested(means: PollingMeans): { lease_until: null; due_at: Date } {
  return { lease_until: null, due_at: new Date(means.clock().getTime() + means.everyMs) }
}
