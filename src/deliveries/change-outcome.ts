import type { Transaction, Updateable } from 'kysely'
import { pauseUnauthorized, waitUntil } from '../accounts/state.ts'
import type { PlatformError } from '../platforms/error.ts'
import type { DeliveriesTable, DeliveryError, Ledger } from '../store/schema.ts'
import type { Claimed } from './claim.ts'
import type { Means } from './means.ts'
import { letGo } from './outcome.ts'
import { backoffMs, TRY_FOR_MS } from './retry.ts'

/**
 * What came of a change: it stands no more, it says what that revision says, the rest waits until a moment, or the
 * lease was lost.
 */
export type ChangeEnd = 'deleted' | { revision: number } | Date | 'lost'

/** What a delivery has where nothing is to be changed of what stands. */
export const noChange = {
  change_kind: null,
  change_state: null,
  change_by: null,
  change_due_at: null,
  change_first_due_at: null,
  change_tries: 0,
  change_error: null,
} as const

/** The change is done; only now the delivery's state says so. */
export function changeDone(
  means: Means,
  claimed: Claimed,
  end: Exclude<ChangeEnd, 'lost' | Date>,
): Promise<boolean> {
  const values =
    end === 'deleted'
      ? { ...noChange, state: 'deleted' as const, due_at: null, error: null }
      : { ...noChange, revision: end.revision, change_revision: end.revision }
  return write(means, claimed, values)
}

/** A part of it is done; the pace allows the next one then. */
export function changeGoesOn(means: Means, claimed: Claimed, at: Date): Promise<boolean> {
  return write(means, claimed, { change_due_at: at, change_tries: 0, change_error: null })
}

/** Tried again later, as publishing is; refused for good, a person is told. */
export async function changeFailed(
  means: Means,
  claimed: Claimed,
  error: DeliveryError & Pick<PlatformError, 'retryAt'>,
): Promise<boolean> {
  const { account, delivery } = claimed
  const now = means.clock()
  const kept = JSON.stringify({ kind: error.kind, reason: error.reason })
  const later = new Date(now.getTime() + backoffMs(delivery.change_tries, means.random))
  const since = delivery.change_first_due_at ?? now
  const over = now.getTime() - since.getTime() > TRY_FOR_MS
  const forGood = error.kind === 'rejected' || error.kind === 'template'
  if (forGood || over) {
    return write(means, claimed, {
      change_state: 'failed',
      change_due_at: null,
      change_error: kept,
    })
  }
  if (error.kind === 'unauthorized') {
    await means.connections.forget(account.id)
    return write(means, claimed, { change_due_at: now, change_error: kept }, async (tx) => {
      const fingerprint = means.connections.fingerprint(account)
      await pauseUnauthorized(tx, account.id, error.reason, fingerprint, now)
    })
  }
  const at = error.kind === 'rate-limited' ? (error.retryAt ?? later) : later
  return write(means, claimed, { change_due_at: at, change_error: kept }, async (tx) => {
    if (error.kind === 'rate-limited') await waitUntil(tx, account.id, at)
  })
}

/** Not ours to change: it waits as it did. */
export function letGoOfChange(means: Means, claimed: Claimed): Promise<boolean> {
  return write(means, claimed, {})
}

/** Writes what came of it and lets go of the lease. False where that was lost: then nothing was written. */
async function write(
  means: Means,
  { account, delivery, lease }: Claimed,
  values: Updateable<DeliveriesTable>,
  also: (tx: Transaction<Ledger>) => Promise<void> = async () => undefined,
): Promise<boolean> {
  const written = await letGo(means, lease, values, also)
  if (written) {
    means.log.info(`delivery ${values.state ?? delivery.state}`, {
      delivery: `d${delivery.id}`,
      account: account.name,
      change: delivery.change_kind,
      outcome: values.change_state ?? (values.change_kind === null ? 'done' : 'waiting'),
      reason: values.change_error,
    })
  }
  return written
}
