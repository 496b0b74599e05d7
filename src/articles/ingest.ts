import { sql } from 'kysely'
import type { Clock } from '../clock.ts'
import { Problem } from '../locale/problem.ts'
import type { Log } from '../log.ts'
import type { GuardedFetch } from '../net/fetch.ts'
import { stackOf } from '../reason.ts'
import type { Db } from '../store/store.ts'
import { type ArticleRow, keepRead, keepUnreadable, keptProblem } from './ledger.ts'
import { completeArticle } from './json.ts'
import { readArticle } from './read.ts'

/** What it takes to read what was heard. */
export interface ReadingMeans {
  db: Db
  clock: Clock
  log: Log
  fetch: GuardedFetch
  /** Selectors of junk in the pages of that address's site, beside those that ship. */
  junkOf(url: string): readonly string[]
}

/** Longer than a page may take, so that no other worker reads it meanwhile. */
const LEASE_MS = 120_000
/** Waits between tries; a page that is just being published may be missing for a moment. */
const AGAIN_AFTER_MS = [10_000, 60_000, 300_000, 1_800_000, 3_600_000] as const

/** Problems that reading again does not mend. */
const final: readonly Problem['kind'][] = [
  'address-invalid',
  'address-private',
  'not-an-article',
  'article-protected',
  'field-missing',
  'too-large',
  'too-many-redirects',
]

/** What comes next: an article to be announced, one that may have changed or is gone, or another try. */
export type Read =
  | { announce: number; at: Date }
  | { revised: number }
  | { withdrawn: number }
  | { again: Date }

/**
 * Reads an article that was heard, or that its site says has changed, under a lease; then it is due to be
 * announced. What cannot be read is tried again with growing waits, then given up with its reason.
 */
export async function readHeard(means: ReadingMeans, id: number): Promise<Read | null> {
  const now = means.clock()
  const row = await take(means, id, now)
  if (row === null) return tooEarly(means, id, now)
  try {
    const options = { fetch: means.fetch, hint: row.hint, remove: means.junkOf(row.url) }
    const read =
      row.given === null
        ? await readArticle(row.url, options)
        : await completeArticle(row.given, options)
    // Announced by a job of its own: until that has run, the ledger says that it is due.
    const moment = means.clock()
    const kept = await means.db.transaction().execute((tx) =>
      keepRead(tx, read, {
        heardAs: id,
        via: row.via,
        dueAt: moment,
        began: now,
        now: moment,
      }),
    )
    means.log.info('article read', { article: `a${kept.id}`, url: read.article.url })
    if (kept.state !== 'ready') return null
    return kept.dueAt === null ? { revised: kept.id } : { announce: kept.id, at: kept.dueAt }
  } catch (error) {
    if (error instanceof Problem && row.state === 'ready') return stale(means, row, error, now)
    if (error instanceof Problem) return later(means, row, error, now)
    means.log.error('reading failed in the program itself', {
      url: row.url,
      error: stackOf(error),
    })
    return later(means, row, new Problem('unexpected', {}), now)
  }
}

/** Woken a moment before it is due, since two clocks never quite agree: it is tried again then. */
async function tooEarly(means: ReadingMeans, id: number, now: Date): Promise<Read | null> {
  const row = await means.db
    .selectFrom('articles')
    .select(['state', 'due_at', 'reread_at'])
    .where('id', '=', id)
    .executeTakeFirst()
  const at = row?.state === 'heard' ? row.due_at : (row?.reread_at ?? null)
  return at !== null && at > now ? { again: at } : null
}

async function take(means: ReadingMeans, id: number, now: Date): Promise<ArticleRow | null> {
  const row = await means.db
    .updateTable('articles')
    .set((current) => ({
      lease_until: new Date(now.getTime() + LEASE_MS),
      tries: sql<number>`${current.ref('tries')} + 1`,
    }))
    .where('id', '=', id)
    .where((current) =>
      current.or([
        current.and([current('state', '=', 'heard'), current('due_at', '<=', now)]),
        current.and([current('state', '=', 'ready'), current('reread_at', '<=', now)]),
      ]),
    )
    .where((current) =>
      current.or([current('lease_until', 'is', null), current('lease_until', '<', now)]),
    )
    .returningAll()
    .executeTakeFirst()
  return row ?? null
}

/** It was read before and cannot be read again: it stays as it was, or is public no more. */
async function stale(
  means: ReadingMeans,
  row: ArticleRow,
  problem: Problem,
  now: Date,
): Promise<Read | null> {
  const wait = final.includes(problem.kind) ? undefined : AGAIN_AFTER_MS[row.tries - 1]
  means.log.warn('article not read again', {
    article: `a${row.id}`,
    url: row.url,
    problem: problem.kind,
  })
  const hidden = problem.kind === 'article-protected'
  const again = wait === undefined ? null : new Date(now.getTime() + wait)
  await means.db
    .updateTable('articles')
    .set({
      lease_until: null,
      reread_at: again,
      ...(hidden && { state: 'withdrawn' as const, withdrawn_at: now, due_at: null }),
    })
    .where('id', '=', row.id)
    .where('state', '=', 'ready')
    .execute()
  if (hidden) return { withdrawn: row.id }
  return again && { again }
}

async function later(
  means: ReadingMeans,
  row: ArticleRow,
  problem: Problem,
  now: Date,
): Promise<Read | null> {
  const wait = final.includes(problem.kind) ? undefined : AGAIN_AFTER_MS[row.tries - 1]
  means.log.warn('article not read', { article: `a${row.id}`, url: row.url, problem: problem.kind })
  if (wait === undefined) {
    await keepUnreadable(means.db, row.id, problem)
    return null
  }
  const dueAt = new Date(now.getTime() + wait)
  await means.db
    .updateTable('articles')
    .set({ due_at: dueAt, lease_until: null, problem: JSON.stringify(keptProblem(problem)) })
    .where('id', '=', row.id)
    .where('state', '=', 'heard')
    .execute()
  return { again: dueAt }
}
