import type { Selectable, Transaction } from 'kysely'
import { membersOf } from '../articles/flood.ts'
import type { Clock } from '../clock.ts'
import { type DecisionView, decisionsOn, type Person } from '../decisions/ledger.ts'
import { isClosed } from '../notices/ledger.ts'
import type { PlatformId } from '../platforms/platform.ts'
import type { DeliveryState, Ledger, NoticesTable } from '../store/schema.ts'
import type { Db } from '../store/store.ts'
import { decideFlood } from './flood.ts'
import { editionOf, type Locked, lockable } from './locked.ts'
import { move, type Moved } from './move.ts'
import { type Decision, hindrance } from './moves.ts'
import type { Target } from './refer.ts'

type NoticeRow = Selectable<NoticesTable>

/** What it takes to carry a decision out. */
export interface Deciding {
  db: Db
  clock: Clock
  /** Wakes accounts on which something may go out now. */
  wake(accounts: readonly { id: number; platform: PlatformId }[]): Promise<void>
}

/** What a person decided, about what, having seen which version. */
export interface Wish {
  on: Target
  /**
   * The version seen: a delivery's; of an article the sum over its deliveries; of a notice its own. Null where
   * nothing was seen (a command line): then it is about whatever stands now.
   */
  version: number | null
  decision: Decision
  /** Of a flood: only the newest so many articles go, the others are canceled. */
  newest?: number
  by: Person
}

/**
 * A delivery that was not moved: it `changed` since it was seen, the decision does not fit its state, or would
 * send what its site has withdrawn.
 */
export interface Refused extends Omit<Moved, 'from'> {
  why: 'changed' | 'unfit' | 'withdrawn'
  /** Who decided last about it, where somebody did. */
  last: DecisionView | null
}

/** What came of a decision. */
export interface Decided {
  moved: Moved[]
  refused: Refused[]
  /** Of a flood: how many articles go out and how many do not; null elsewhere. */
  articles: { go: number; skip: number } | null
  /** The notice came to nothing, and nothing was done. */
  late: Late | null
}

/**
 * Why an answer to a notice came to nothing: it is `closed`, there is `more` in it than was seen, or it asks for
 * another decision (`other`). `articles`: how many it is about now; `last`: who decided last, where somebody did.
 */
export interface Late {
  why: 'closed' | 'more' | 'other'
  articles: number
  last: DecisionView | null
}

/**
 * Carries out what a person decided, or says why not: every door calls this and has no rules of its own. Of an
 * article's deliveries those move that the decision fits. Throws `Problem` `post-address` where the address of a
 * post that is said to stand is none of that account's.
 */
export async function decide(means: Deciding, wish: Wish): Promise<Decided> {
  const decided = await means.db.transaction().execute((tx) => carryOut(tx, wish, means.clock()))
  const ids = decided.moved.map(({ id }) => Number(id.slice(1)))
  if (ids.length > 0) await means.wake(await accountsOf(means.db, ids))
  return decided
}

function carryOut(tx: Transaction<Ledger>, wish: Wish, now: Date): Promise<Decided> {
  return 'notice' in wish.on
    ? answerNotice(tx, wish.on.notice, wish, now)
    : decideOn(tx, wish.on, wish, now)
}

async function decideOn(
  tx: Transaction<Ledger>,
  on: { delivery: number } | { article: number },
  { version, decision, by }: Wish,
  now: Date,
  notice?: NoticeRow,
): Promise<Decided> {
  const rows = await lockable(tx)
    .$if('delivery' in on, (query) =>
      query.where('deliveries.id', '=', 'delivery' in on ? on.delivery : 0),
    )
    .$if('article' in on, (query) =>
      query.where('article_id', '=', 'article' in on ? on.article : 0),
    )
    .execute()
  // Asked only under the lock: whoever was first has closed it by then.
  if (notice !== undefined && (await isClosed(tx, notice.id))) return tooLate(tx, notice, 'closed')
  const seen = version === null || version === editionOf(rows)
  const why = (row: Locked) => (seen ? hindrance(row, decision) : ('changed' as const))
  const fit = rows.filter((row) => why(row) === null)
  const verdict = { decision, by, ...(notice !== undefined && { notice: notice.id }) }
  const moved = await move(tx, fit, verdict, now)
  // Where it fitted some of an article's deliveries, the others are no news.
  const left = moved.length > 0 ? [] : rows
  return {
    moved,
    refused: await refusals(tx, left, why),
    articles: null,
    late: null,
  }
}

/**
 * A notice stands for what it is about; a flood for all that came with it. Its own row is not locked: everybody
 * locks what it is about first, so that nobody waits in a circle.
 */
async function answerNotice(
  tx: Transaction<Ledger>,
  id: number,
  wish: Wish,
  now: Date,
): Promise<Decided> {
  const notice = await tx
    .selectFrom('notices')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const { delivery_id, article_id, source_id } = notice
  if (delivery_id !== null) return decideOn(tx, { delivery: delivery_id }, wish, now, notice)
  if (article_id !== null) return decideOn(tx, { article: article_id }, wish, now, notice)
  if (source_id === null) return tooLate(tx, notice, notice.closed_at === null ? 'other' : 'closed')
  const answer = await decideFlood(tx, { id, source: source_id }, wish, now)
  return typeof answer === 'string' ? tooLate(tx, notice, answer) : answer
}

async function tooLate(
  tx: Transaction<Ledger>,
  { id, delivery_id, article_id, account_id }: NoticeRow,
  why: Late['why'],
): Promise<Decided> {
  const about = await tx
    .selectFrom('deliveries')
    .select('id')
    .where((row) =>
      row.or([row('id', '=', delivery_id ?? 0), row('article_id', '=', article_id ?? 0)]),
    )
    .execute()
  const decided = await decisionsOn(tx, {
    deliveries: about.map((row) => row.id),
    ...(article_id !== null && { article: article_id }),
    ...(account_id !== null && { account: account_id }),
    notice: id,
  })
  const { length: articles } = await membersOf(tx, id)
  const last = decided.at(-1) ?? null
  return { moved: [], refused: [], articles: null, late: { why, articles, last } }
}

async function refusals(
  tx: Transaction<Ledger>,
  rows: readonly Locked[],
  why: (row: Locked) => Refused['why'] | null,
): Promise<Refused[]> {
  const decided = await decisionsOn(tx, { deliveries: rows.map(({ id }) => id) })
  return rows.map((row) => ({
    id: `d${row.id}`,
    article: `a${row.article_id}`,
    account: row.account,
    platform: row.platform,
    why: why(row) ?? 'unfit',
    state: row.state satisfies DeliveryState,
    version: row.version,
    last: decided.findLast(({ delivery }) => delivery === `d${row.id}`) ?? null,
  }))
}

function accountsOf(db: Db, deliveries: readonly number[]) {
  return db
    .selectFrom('deliveries')
    .innerJoin('accounts', 'accounts.id', 'deliveries.account_id')
    .select(['accounts.id', 'accounts.platform'])
    .distinct()
    .where('deliveries.id', 'in', [...deliveries])
    .execute()
}
