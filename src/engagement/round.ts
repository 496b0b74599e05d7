import { CALL_MS } from '../deliveries/lease.ts'
import { reach } from '../deliveries/reach.ts'
import { PlatformError } from '../platforms/error.ts'
import type { Counted } from '../platforms/platform.ts'
import { type CountingMeans, keepAnswer, putOff } from './answer.ts'
import { enrol } from './due.ts'
import {
  type Asking,
  type CountingLease,
  type Ended,
  release,
  takeLease,
  takeTurn,
  type Turn,
} from './turn.ts'

/** Whoever counts by the cadence: everything that is due, in what publishing leaves. */
const byCadence: Asking = { only: null, publishingFirst: true, person: false }

/**
 * Counts what is due on one account, call after call, until nothing is, the pace is spent, publishing wants its
 * turn, or the platform fails. One round at a time an account, over all processes. Where it stopped it goes on
 * later: what is still due stands in the ledger.
 */
export async function countDue(
  means: CountingMeans,
  account: number,
  asking: Asking = byCadence,
): Promise<Ended> {
  const { db, clock } = means
  const lease = await takeLease(db, account, clock())
  if ('busyUntil' in lease) return { ended: 'busy', next: lease.busyUntil }
  try {
    await enrol(db, account, clock())
    for (;;) {
      if (means.stopping.aborted) return { ended: 'stopped', next: null }
      const turn = await db.transaction().execute((tx) => takeTurn(tx, lease, asking, clock()))
      if ('ended' in turn) return turn
      const ended = await ask(means, lease, turn)
      if (ended !== null) return ended
    }
  } finally {
    await release(db, lease)
  }
}

/** One call and what came of it, in one transaction. Null where the round goes on. */
async function ask(
  means: CountingMeans,
  lease: CountingLease,
  { account, question }: Exclude<Turn, Ended>,
): Promise<Ended | null> {
  let counted: Counted[]
  try {
    const reached = await reach(means, account)
    // The name leads to another account by now: these posts stand somewhere else.
    if (reached.account.id !== account.id) return { ended: 'stands still', next: null }
    const signal = AbortSignal.any([AbortSignal.timeout(CALL_MS), means.stopping])
    const syndications = question.asked.map(({ syndication }) => syndication)
    counted = await reached.connection.engagement(syndications, signal)
    if (counted.length === 0) throw new PlatformError('unavailable', 'the answer counts nothing')
  } catch (thrown) {
    if (means.stopping.aborted) return { ended: 'stopped', next: null }
    return putOff(means, lease, account.name, thrown)
  }
  const kept = await means.db
    .transaction()
    .execute((tx) => keepAnswer(tx, lease, question, counted, means.clock()))
  return kept ? null : { ended: 'busy', next: lease.until }
}
