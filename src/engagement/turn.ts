import type { Transaction } from 'kysely'
import type { AccountRow } from '../accounts/ledger.ts'
import { nextTurn } from '../accounts/pace.ts'
import { publishingGoesFirst } from '../deliveries/ahead.ts'
import { CALL_MS } from '../deliveries/lease.ts'
import { platforms } from '../platforms/registry.ts'
import type { CountingTable, Ledger } from '../store/schema.ts'
import type { Db } from '../store/store.ts'
import { nextQuestion, type Question } from './due.ts'
import type { Selectable } from 'kysely'

/** Asking who an account is, then for its counts: two calls and some time to write end within it. */
const LEASE_MS = 2 * CALL_MS + 15_000
/** Publishing is done with a post within seconds. */
const SOON_MS = 5_000

/** The right of one process to count an account; its moment tells whose it is. */
export interface CountingLease {
  account: number
  until: Date
}

/** Who asks for counts. */
export interface Asking {
  /** Only these deliveries; null: all that are due. */
  only: readonly number[] | null
  /** Stands back while something can be published. Not where nobody publishes: that would be for ever. */
  publishingFirst: boolean
  /** A person waits: only the platform's own word makes us wait, not what failed before. */
  person: boolean
}

/**
 * Why a round is over. `done`: nothing more is due. Else it goes on at `next` where it stopped; null: not by itself.
 */
export interface Ended {
  ended: 'done' | 'pace' | 'publishing' | 'busy' | 'put off' | 'stands still' | 'stopped'
  next: Date | null
}

/** The next call of a round, paid for out of the pace; or why there is none. */
export type Turn = { account: AccountRow; question: Question } | Ended

/** Takes the right to count an account; where another process holds it, answers until when. */
export async function takeLease(
  db: Db,
  account: number,
  now: Date,
): Promise<CountingLease | { busyUntil: Date }> {
  await db
    .insertInto('counting')
    .values({ account_id: account })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const until = new Date(now.getTime() + LEASE_MS)
  const { numUpdatedRows } = await db
    .updateTable('counting')
    .set({ lease_until: until })
    .where('account_id', '=', account)
    .where((row) => row.or([row('lease_until', 'is', null), row('lease_until', '<=', now)]))
    .executeTakeFirst()
  if (numUpdatedRows > 0n) return { account, until }
  const { lease_until } = await db
    .selectFrom('counting')
    .select('lease_until')
    .where('account_id', '=', account)
    .executeTakeFirstOrThrow()
  return { busyUntil: lease_until ?? now }
}

/** Lets others count the account. */
export async function release(db: Db, { account, until }: CountingLease): Promise<void> {
  await db
    .updateTable('counting')
    .set({ lease_until: null })
    .where('account_id', '=', account)
    .where('lease_until', '=', until)
    .execute()
}

/** The account's counting under a lock, while the lease is ours; null where it is lost. */
export async function held(
  tx: Transaction<Ledger>,
  { account, until }: CountingLease,
): Promise<Selectable<CountingTable> | null> {
  const counting = await tx
    .selectFrom('counting')
    .selectAll()
    .where('account_id', '=', account)
    .where('lease_until', '=', until)
    .forUpdate()
    .executeTakeFirst()
  return counting ?? null
}

/** What may be asked now, if anything: publishing first, the platform's waits and pace kept. Renews the lease. */
export async function takeTurn(
  tx: Transaction<Ledger>,
  lease: CountingLease,
  { only, publishingFirst, person }: Asking,
  now: Date,
): Promise<Turn> {
  const counting = await held(tx, lease)
  if (counting === null) return { ended: 'busy', next: lease.until }
  const account = await tx
    .selectFrom('accounts')
    .selectAll()
    .where('id', '=', lease.account)
    .executeTakeFirstOrThrow()
  if (!account.configured || account.paused_at !== null)
    return { ended: 'stands still', next: null }
  const { pace, atOnce } = platforms[account.platform].counting
  const question = await nextQuestion(tx, { account: account.id, atOnce, only }, now)
  if (question === null) return { ended: 'done', next: null }
  const { wait_until, problem, spent_until } = counting
  const mustWait = !person || problem?.kind === 'rate-limited'
  if (mustWait && wait_until !== null && wait_until > now) {
    return { ended: 'put off', next: wait_until }
  }
  if (publishingFirst && (await publishingGoesFirst(tx, account, now))) {
    return { ended: 'publishing', next: new Date(now.getTime() + SOON_MS) }
  }
  const turn = nextTurn(spent_until, pace, now)
  if (turn.at > now) return { ended: 'pace', next: turn.at }
  lease.until = new Date(now.getTime() + LEASE_MS)
  await tx
    .updateTable('counting')
    .set({ lease_until: lease.until, spent_until: turn.spentUntil })
    .where('account_id', '=', account.id)
    .execute()
  return { account, question }
}
