import type { Transaction } from 'kysely'
import { foundGone } from '../deliveries/gone.ts'
import type { Means } from '../deliveries/means.ts'
import { backoffMs } from '../deliveries/retry.ts'
import { asPlatformError, PlatformError } from '../platforms/error.ts'
import type { Counted } from '../platforms/platform.ts'
import { stackOf } from '../reason.ts'
import type { Ledger } from '../store/schema.ts'
import { nextLook } from './cadence.ts'
import type { Countable, Question } from './due.ts'
import { record } from './record.ts'
import { type CountingLease, type Ended, held } from './turn.ts'

/** What it takes to count: the ledger, the way to the platforms, time and chance. */
export type CountingMeans = Pick<
  Means,
  'db' | 'clock' | 'random' | 'log' | 'connections' | 'stopping'
>

/** Credentials are mended by people, and publishing tells them: counting asks again now and then. */
const REFUSED_MS = 3_600_000

/** Writes what the platform answered, in the order of the question. False where the lease was lost meanwhile. */
export async function keepAnswer(
  tx: Transaction<Ledger>,
  lease: CountingLease,
  { asked, alone }: Question,
  counted: readonly Counted[],
  now: Date,
): Promise<boolean> {
  const counting = await held(tx, lease)
  if (counting === null) return false
  for (const [at, delivery] of asked.entries()) {
    const answer = counted[at]
    if (answer === undefined) break
    if (answer !== 'gone' && answer !== 'unknown') await record(tx, delivery, answer, now)
    else await keepSilence(tx, delivery, { alone, gone: answer === 'gone' }, now)
  }
  if (counting.problem === null) return true
  await tx
    .updateTable('counting')
    .set({ problem: null, tries: 0, wait_until: null })
    .where('account_id', '=', lease.account)
    .execute()
  return true
}

/**
 * An answer without numbers: among many it proves nothing, so the post is asked for by itself; only then can it
 * be gone, and its series ends. Where nobody knows, its counts stay as they were.
 */
async function keepSilence(
  tx: Transaction<Ledger>,
  delivery: Countable,
  { alone, gone }: { alone: boolean; gone: boolean },
  now: Date,
): Promise<void> {
  const next = nextLook(delivery.publishedAt, now, now)
  const ends = alone && gone
  await tx
    .updateTable('counts')
    .set(alone ? { alone: false, due_at: ends ? null : next } : { alone: true })
    .where('delivery_id', '=', delivery.id)
    .execute()
  if (ends) await foundGone(tx, delivery.id)
}

/** The platform fails or refuses: the account's counting waits, longer each time, and tells why. */
export async function putOff(
  means: CountingMeans,
  lease: CountingLease,
  account: string,
  thrown: unknown,
): Promise<Ended> {
  const error = asPlatformError(thrown, 'unavailable')
  const { kind, reason, retryAt } = error
  if (!(thrown instanceof PlatformError)) {
    means.log.error('counting failed in the program itself', { account, error: stackOf(thrown) })
  }
  if (kind === 'unauthorized') await means.connections.forget(lease.account)
  return means.db.transaction().execute(async (tx) => {
    const counting = await held(tx, lease)
    if (counting === null) return { ended: 'busy', next: lease.until }
    const tries = counting.tries + 1
    const now = means.clock()
    const ms = kind === 'unauthorized' ? REFUSED_MS : backoffMs(tries, means.random)
    const next = retryAt ?? new Date(now.getTime() + ms)
    await tx
      .updateTable('counting')
      .set({ tries, wait_until: next, problem: JSON.stringify({ kind, reason }) })
      .where('account_id', '=', lease.account)
      .execute()
    means.log.warn('counting put off', { account, kind, reason, due: next })
    return { ended: 'put off', next }
  })
}
