import { sql, type Selectable, type Transaction } from 'kysely'
import type { ArticleRow } from '../articles/ledger.ts'
import { joinFlood, membersOf, newOf, sayOfFlood } from '../articles/flood.ts'
import { keepDecisions } from '../decisions/ledger.ts'
import { close, raise } from '../notices/ledger.ts'
import { tellChange } from '../store/changes.ts'
import type { Ledger, NoticesTable } from '../store/schema.ts'
import type { Decided, Wish } from './decide.ts'
import { lockable } from './locked.ts'
import { move } from './move.ts'
import { noticeStates } from './noticing.ts'

const WINDOW_MS = 3_600_000

/**
 * Whether an article that a source brought is one of too many: more than `burst` within an hour, those aside
 * that somebody has already decided about. Then all of them that have not gone out yet are held, together,
 * under one notice. Null where it is not.
 */
export async function floodOf(
  tx: Transaction<Ledger>,
  article: ArticleRow,
  burst: number,
  now: Date,
): Promise<number | null> {
  const source = article.source_id
  if (source === null) return null
  // Two articles of one source in the same moment must count each other.
  await tx.selectFrom('sources').select('id').where('id', '=', source).forUpdate().execute()
  const since = await undecidedSince(tx, source, now)
  const members = await newOf(tx, source, since)
  if (members.length <= burst) return null
  const notice = await raise(tx, 'flood', { source }, now)
  const waiting = await stillWaiting(tx, members)
  const joined = await joinFlood(tx, waiting, notice)
  if (joined.length > 0) {
    await hold(tx, joined, now)
    await tellChange(tx, `n${notice}`)
  }
  return notice
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
    .where('article_id', 'in', [...articles])
    .where('lease_token', 'is', null)
    .where('state', 'in', ['pending', 'held'])
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('parts')
            .select('position')
            .whereRef('parts.delivery_id', '=', 'deliveries.id')
            .where('parts.sent_at', 'is not', null),
        ),
      ),
    )
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
 * Null where more have joined since it was seen, or the answer is none for a flood.
 */
export async function decideFlood(
  tx: Transaction<Ledger>,
  notice: Selectable<NoticesTable> & { source_id: number },
  { version, decision, newest, by }: Wish,
  now: Date,
): Promise<Decided | null> {
  if (decision.kind !== 'approve' && decision.kind !== 'cancel') return null
  await tx
    .selectFrom('sources')
    .select('id')
    .where('id', '=', notice.source_id)
    .forUpdate()
    .execute()
  const members = await membersOf(tx, notice.id)
  if (version !== null && version !== members.length) return null
  const count = decision.kind === 'cancel' ? 0 : (newest ?? members.length)
  const go = members.slice(0, count)
  const skip = members.slice(count)
  const moved = [
    ...(await answer(tx, go, 'approve', notice.id, by, now)),
    ...(await answer(tx, skip, 'cancel', notice.id, by, now)),
  ]
  await close(tx, notice.id, now)
  const articles = { go: go.length, skip: skip.length }
  return { moved, refused: [], articles, late: null }
}

async function answer(
  tx: Transaction<Ledger>,
  articles: readonly number[],
  kind: 'approve' | 'cancel',
  notice: number,
  by: Wish['by'],
  now: Date,
) {
  if (articles.length === 0) return []
  await sayOfFlood(tx, articles, kind === 'approve' ? 'go' : 'skip')
  const rows = await lockable(tx)
    .where('article_id', 'in', [...articles])
    .where('deliveries.state', '=', 'held')
    .where('held_for', '=', 'flood')
    .execute()
  const unread = new Set(articles)
  for (const row of rows) unread.delete(row.article_id)
  const to = kind === 'approve' ? 'to go out' : 'not to go out'
  const kept = [...unread].map((article) => ({ kind, article, notice, from: 'held', to }))
  await keepDecisions(tx, kept, by, now)
  return move(tx, rows, { decision: { kind }, by, notice }, now)
}
