import type { Clock } from '../clock.ts'
import type { DecisionView, Person } from '../decisions/ledger.ts'
import type { PlatformId } from '../platforms/platform.ts'
import type { Db } from '../store/store.ts'
import { answerNotice } from './answer.ts'
import { decideRows, lockRows } from './decide-rows.ts'
import type { Moved } from './move.ts'
import type { Decision } from './moves.ts'
import type { Target } from './refer.ts'

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
  /** The notice asked for nothing, and is closed: somebody has seen it. */
  seen: boolean
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
  const { on } = wish
  const decided = await means.db.transaction().execute(async (tx) => {
    const now = means.clock()
    if ('notice' in on) return answerNotice(tx, on.notice, wish, now)
    return decideRows(tx, await lockRows(tx, on), wish, now)
  })
  const ids = decided.moved.map(({ id }) => Number(id.slice(1)))
  if (ids.length > 0) await means.wake(await accountsOf(means.db, ids))
  return decided
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
