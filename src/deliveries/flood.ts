import { sql, type Transaction } from 'kysely'
import type { ArticleRow } from '../articles/ledger.ts'
import { joinFlood, membersOf, newOf, sayOfFlood, unreadOf } from '../articles/flood.ts'
import { keepDecisions } from '../decisions/ledger.ts'
import { close, isClosed, raise } from '../notices/ledger.ts'
import { tellChange } from '../store/changes.ts'
import type { Ledger } from '../store/schema.ts'
import type { Decided, Late, Wish } from './decide.ts'
import { type Locked, lockable, notGoneOut } from './locked.ts'
import { move, type Moved, type Verdict } from './move.ts'
import { noticeStates } from './noticing.ts'

const WINDOW_MS = 3_600_000

/**
 * Whether an article that a source brought is one of too many: more than `burst` within an hour, those aside
 * that somebody has already decided about. Then all of them that have not gone out yet are held, together,
 * under one notice. Null where it is not. Its source is locked (`lockSource`).
 */
export async function floodOf(
  tx: Transaction<Ledger>,
  article: ArticleRow,
  burst: number,
  now: Date,
): Promise<number | null> {
  const source = article.source_id
  if (source === null) return null
  const joined = article.notice_id
  if (joined !== null && !(await isClosed(tx, joined))) return joined
  const since = await undecidedSince(tx, source, now)
  const members = await newOf(tx, source, since)
  if (members.length <= burst) return null
  const notice = await raise(tx, 'flood', { source }, now)
  const waiting = await stillWaiting(tx, members)
  const newcomers = await joinFlood(tx, waiting, notice)
  if (newcomers.length > 0) {
    await hold(tx, newcomers, now)
    await tellChange(tx, `n${notice}`)
  }
  return notice
}

/**
 * Two articles of one source in the same moment must count each other, and nobody joins a flood that is being
 * answered. Held to the transaction's end, and taken before any article's row is.
 */
export async function lockSource(tx: Transaction<Ledger>, source: number): Promise<void> {
  await tx.selectFrom('sources').select('id').where('id', '=', source).forNoKeyUpdate().execute()
}

/** An hour ago, or the last answer to a flood of that source. */
async function undecidedSince(tx: Transaction<Ledger>, source: number, now: Date): Promise<Date> {
  const { at } = await tx
    .selectFrom('notices')
    .select((row) => row.fn.max('closed_at').as('at'))
    .where('source_id', '=', source)
    .where('kind', '=', 'flood')
    .executeTakeFirstOrThrow()
  const hourAgo = new Date(now.getTime() - WINDOW_MS)
  return at !== null && at > hourAgo ? at : hourAgo
}

/** Those of which nothing has gone out yet. */
async function stillWaiting(
  tx: Transaction<Ledger>,
  articles: readonly number[],
): Promise<number[]> {
  const out = await tx
    .selectFrom('deliveries')
    .select('article_id')
    .distinct()
    .where('article_id', 'in', [...articles])
    .where((row) =>
      row.or([row('state', 'not in', ['held', 'pending']), row('lease_token', 'is not', null)]),
    )
    .execute()
  const gone = new Set(out.map(({ article_id }) => article_id))
  return articles.filter((article) => !gone.has(article))
}

/** What waits to go out, or is held for its age, now waits for the answer to the flood. */
async function hold(
  tx: Transaction<Ledger>,
  articles: readonly number[],
  now: Date,
): Promise<void> {
  const held = await tx
    .updateTable('deliveries')
    .set((row) => ({
      state: 'held' as const,
      held_for: 'flood' as const,
      version: sql<number>`${row.ref('version')} + 1`,
    }))
    .where('id', 'in', (query) => notGoneOut(query).where('article_id', 'in', [...articles]))
    .returning('id')
    .execute()
  for (const { id } of held) await tellChange(tx, `d${id}`)
  await noticeStates(
    tx,
    held.map(({ id }) => id),
    now,
  )
}

/**
 * One answer to a whole flood: all, the newest few, or none. It counts for those too that are still to be read.
 * Answers why not where it was answered before, more have joined since it was seen, or the decision is none for
 * a flood.
 */
export async function decideFlood(
  tx: Transaction<Ledger>,
  { id, source }: { id: number; source: number },
  { version, decision, newest, by }: Wish,
  now: Date,
): Promise<Decided | Late['why']> {
  await lockSource(tx, source)
  const members = await membersOf(tx, id)
  const rows = members.length === 0 ? [] : await waiting(tx, members)
  if (await isClosed(tx, id)) return 'closed'
  if (decision.kind !== 'approve' && decision.kind !== 'cancel') return 'other'
  if (version !== null && version !== members.length) return 'more'
  // Those of which nothing waits any more were decided by themselves, or withdrawn.
  const unread = await unreadOf(tx, members)
  const open = new Set([...unread, ...rows.map((row) => row.article_id)])
  const asked = members.filter((article) => open.has(article))
  const count = decision.kind === 'cancel' ? 0 : (newest ?? asked.length)
  const go = asked.slice(0, count)
  const skip = asked.slice(count)
  const moved = [
    ...(await answer(tx, rows, go, { decision: { kind: 'approve' }, by, notice: id }, now)),
    ...(await answer(tx, rows, skip, { decision: { kind: 'cancel' }, by, notice: id }, now)),
  ]
  await close(tx, id, now)
  const articles = { go: go.length, skip: skip.length }
  return { moved, refused: [], articles, late: null, seen: false }
}

function waiting(tx: Transaction<Ledger>, articles: readonly number[]): Promise<Locked[]> {
  return lockable(tx)
    .where('article_id', 'in', [...articles])
    .where('deliveries.state', '=', 'held')
    .where('held_for', '=', 'flood')
    .execute()
}

async function answer(
  tx: Transaction<Ledger>,
  waits: readonly Locked[],
  articles: readonly number[],
  verdict: Verdict & { decision: { kind: 'approve' | 'cancel' }; notice: number },
  now: Date,
): Promise<Moved[]> {
  if (articles.length === 0) return []
  const { kind } = verdict.decision
  await sayOfFlood(tx, articles, kind === 'approve' ? 'go' : 'skip')
  const wanted = new Set(articles)
  const rows = waits.filter((row) => wanted.has(row.article_id))
  for (const row of rows) wanted.delete(row.article_id)
  const to = kind === 'approve' ? 'to go out' : 'not to go out'
  const about = { kind, notice: verdict.notice, from: 'held', to }
  const unread = [...wanted].map((article) => ({ ...about, article }))
  await keepDecisions(tx, unread, verdict.by, now)
  return move(tx, rows, verdict, now)
}
