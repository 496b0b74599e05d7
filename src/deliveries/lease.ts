import { sql } from 'kysely'
import type { Clock } from '../clock.ts'
import type { Db } from '../store/store.ts'

/** Connect 10 s < call 30 s < lease 45 s; an upload is a call of its own, under a lease that is renewed. */
export const CALL_MS = 30_000
export const LEASE_MS = 45_000
const UPLOAD_MS = 120_000
const RENEW_EVERY_MS = 10_000

/** The right of one worker to work on a delivery until a moment. Whoever lost it sends and writes nothing. */
export interface Lease {
  delivery: number
  token: string
  until: Date
}

/** Takes the lease anew for its full time. False where it is lost: somebody else may be at work. */
export async function renew(db: Db, lease: Lease, clock: Clock): Promise<boolean> {
  const until = new Date(clock().getTime() + LEASE_MS)
  const { numUpdatedRows } = await db
    .updateTable('deliveries')
    .set({ lease_until: until })
    .where('id', '=', lease.delivery)
    .where('lease_token', '=', lease.token)
    .where('lease_until', '>', sql<Date>`clock_timestamp()`)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  lease.until = until
  return true
}

/** Whether so much of the lease is left that a call with this deadline ends within it. */
export function covers(lease: Lease, callMs: number, clock: Clock): boolean {
  return lease.until.getTime() - clock().getTime() > callMs
}

/**
 * Runs slow work (a picture fetched and uploaded) while the lease is renewed beside it; a renewal that fails
 * breaks the work off by its signal.
 */
export async function whileRenewing<T>(
  db: Db,
  lease: Lease,
  clock: Clock,
  stopped: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = new AbortController()
  const timer = setInterval(() => {
    renew(db, lease, clock).then(
      (held) => held || lost.abort(new Error('the lease is lost')),
      (error: unknown) => lost.abort(error),
    )
  }, RENEW_EVERY_MS)
  try {
    return await work(AbortSignal.any([lost.signal, stopped, AbortSignal.timeout(UPLOAD_MS)]))
  } finally {
    clearInterval(timer)
  }
}
