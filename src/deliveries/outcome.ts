import { sql, type Transaction, type UpdateObject } from 'kysely'
import type { AccountRow } from '../accounts/ledger.ts'
import { noteSuccess, pauseUnauthorized, waitUntil } from '../accounts/state.ts'
import type { PlatformError } from '../platforms/error.ts'
import type { Syndication } from '../platforms/platform.ts'
import { platforms } from '../platforms/registry.ts'
import { tellChange } from '../store/changes.ts'
import type { DeliveryError, DeliveryState, Ledger } from '../store/schema.ts'
import type { DeliveryRow } from './claim.ts'
import type { Lease } from './lease.ts'
import type { Means } from './means.ts'
import { noticeStates } from './noticing.ts'
import { replayAt } from './replay.ts'
import { backoffMs, TRY_FOR_MS } from './retry.ts'

/** Where a delivery goes after an attempt. */
export interface Outcome {
  state: DeliveryState
  dueAt: Date | null
  error: DeliveryError | null
  /** The account's own wait, where the platform told one. */
  waitUntil?: Date
  /** The account stands still until somebody mends it. */
  pause?: string
  /** Nothing was tried for this delivery itself: it does not count as tried. */
  untried?: boolean
  /** A part of it went out: what follows is tried as if anew. */
  progress?: boolean
}

/**
 * What an error means for the delivery. `sent` says whether a request of this post may stand from before:
 * then nothing that fails now proves that it does not, and only the platform's refusal of the same post ends it.
 */
export function outcomeOf(
  error: Pick<PlatformError, 'kind' | 'reason' | 'retryAt'>,
  sent: boolean,
  delivery: Pick<DeliveryRow, 'tries' | 'first_due_at'>,
  account: Pick<AccountRow, 'platform'>,
  now: Date,
  random: () => number,
): Outcome {
  const kept: DeliveryError = { kind: error.kind, reason: error.reason }
  const later = new Date(now.getTime() + backoffMs(delivery.tries, random))
  const waiting: DeliveryState = sent ? 'uncertain' : 'pending'
  switch (error.kind) {
    case 'rejected':
      return { state: 'failed', dueAt: null, error: kept }
    case 'unauthorized':
      return { state: waiting, dueAt: now, error: kept, pause: error.reason, untried: !sent }
    case 'rate-limited': {
      const until = error.retryAt ?? later
      return { state: waiting, dueAt: until, error: kept, waitUntil: until }
    }
    case 'uncertain': {
      const at = replayAt(platforms[account.platform].replay, now)
      // The same again is free at first; an answer that stays away is waited for a little longer each time.
      const dueAt = at !== null && sent && delivery.tries > 1 ? later : at
      return { state: 'uncertain', dueAt, error: kept }
    }
    case 'unavailable':
      if (!sent && now.getTime() - delivery.first_due_at.getTime() > TRY_FOR_MS) {
        return { state: 'failed', dueAt: null, error: kept }
      }
      return { state: waiting, dueAt: later, error: kept }
  }
}

function triesAfter({ progress, untried }: Outcome) {
  if (progress === true) return 1
  return untried === true ? sql<number>`greatest(tries - 1, 0)` : sql<number>`tries`
}

/** Writes an outcome and lets go of the lease. False where the lease was lost: then nothing was written. */
export async function settle(
  means: Means,
  lease: Lease,
  account: AccountRow,
  outcome: Outcome,
  also: (tx: Transaction<Ledger>) => Promise<void> = async () => undefined,
): Promise<boolean> {
  const values = {
    state: outcome.state,
    due_at: outcome.dueAt,
    error: outcome.error === null ? null : JSON.stringify(outcome.error),
    published_at: outcome.state === 'published' ? means.clock() : null,
    tries: triesAfter(outcome),
  }
  const settled = await letGo(means, lease, values, async (tx) => {
    await also(tx)
    if (outcome.state === 'published') await letGoOfPictures(tx, lease.delivery)
    const fingerprint = means.connections.fingerprint(account)
    await settleAccount(tx, account.id, outcome, fingerprint, means.clock())
  })
  if (settled) {
    means.log.info(`delivery ${outcome.state}`, {
      delivery: `d${lease.delivery}`,
      account: account.name,
      kind: outcome.error?.kind,
      reason: outcome.error?.reason,
      due: outcome.dueAt,
    })
  }
  return settled
}

/**
 * Writes what came of the work on a delivery and lets go of the lease, in one transaction with `also`. False where
 * the lease was lost: then nothing was written.
 */
export function letGo(
  means: Means,
  lease: Lease,
  values: UpdateObject<Ledger, 'deliveries'>,
  also: (tx: Transaction<Ledger>) => Promise<void>,
): Promise<boolean> {
  return persistently(means, lease, () =>
    means.db.transaction().execute(async (tx) => {
      const held = await tx
        .updateTable('deliveries')
        .set((row) => ({
          ...values,
          lease_token: null,
          lease_until: null,
          version: sql<number>`${row.ref('version')} + 1`,
        }))
        .where('id', '=', lease.delivery)
        .where('lease_token', '=', lease.token)
        .where('lease_until', '>', sql<Date>`clock_timestamp()`)
        .executeTakeFirst()
      if (held.numUpdatedRows === 0n) return false
      await also(tx)
      await noticeStates(tx, [lease.delivery], means.clock())
      await tellChange(tx, `d${lease.delivery}`)
      return true
    }),
  )
}

async function settleAccount(
  tx: Transaction<Ledger>,
  id: number,
  outcome: Outcome,
  fingerprint: string | null,
  now: Date,
): Promise<void> {
  if (outcome.state === 'published') await noteSuccess(tx, id, now)
  else if (outcome.pause !== undefined)
    await pauseUnauthorized(tx, id, outcome.pause, fingerprint, now)
  else if (outcome.waitUntil !== undefined) await waitUntil(tx, id, outcome.waitUntil)
}

/** It stands: nothing is uploaded again, so the bytes go and the references stay, for an edit. */
export async function letGoOfPictures(tx: Transaction<Ledger>, delivery: number): Promise<void> {
  await tx
    .updateTable('pictures')
    .set({ bytes: null })
    .where('delivery_id', '=', delivery)
    .execute()
}

/** Stores a part's remote id and ends its attempt. Part of the transaction that settles, or of its own. */
export async function keepSyndication(
  tx: Transaction<Ledger>,
  delivery: number,
  position: number,
  syndication: Syndication,
): Promise<void> {
  await tx
    .updateTable('parts')
    .set({ syndication: JSON.stringify(syndication) })
    .where('delivery_id', '=', delivery)
    .where('position', '=', position)
    .execute()
}

/** It is proven that nothing of the part was carried out. */
export async function notSent(
  tx: Transaction<Ledger>,
  delivery: number,
  position: number,
): Promise<void> {
  await tx
    .updateTable('parts')
    .set({ sent_at: null })
    .where('delivery_id', '=', delivery)
    .where('position', '=', position)
    .execute()
}

/**
 * Tries to write while the lease lasts: the answer is in hand, and a database that restarts just now must not
 * cost it. A failure after that is thrown; the lease's end then decides by what was sent.
 */
export async function persistently<T>(
  means: Means,
  lease: Lease,
  write: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await write()
    } catch (error) {
      if (lease.until.getTime() - means.clock().getTime() < 2000) throw error
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }
}
