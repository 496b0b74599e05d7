import { sql, type Transaction } from 'kysely'
import type { AccountRow } from '../accounts/ledger.ts'
import { platforms } from '../platforms/registry.ts'
import { tellChange } from '../store/changes.ts'
import type { Ledger } from '../store/schema.ts'
import { lateLimit } from './late.ts'
import { noticeStates } from './noticing.ts'
import { afterLease } from './replay.ts'

/** What a worker left behind that lost its lease: decided by whether anything was sent. */
export async function endLeases(
  tx: Transaction<Ledger>,
  account: AccountRow,
  now: Date,
): Promise<void> {
  const over = await tx
    .selectFrom('deliveries')
    .selectAll()
    .where('account_id', '=', account.id)
    .where('lease_until', '<=', now)
    .execute()
  for (const delivery of over) {
    const sent = await tx
      .selectFrom('parts')
      .select('position')
      .where('delivery_id', '=', delivery.id)
      .where('sent_at', 'is not', null)
      .where('syndication', 'is', null)
      .executeTakeFirst()
    const left = afterLease(
      delivery.state,
      sent !== undefined,
      platforms[account.platform].replay,
      now,
    )
    await tx
      .updateTable('deliveries')
      .set((row) => ({
        ...left,
        lease_token: null,
        lease_until: null,
        version: sql<number>`${row.ref('version')} + 1`,
      }))
      .where('id', '=', delivery.id)
      .execute()
    await tx
      .updateTable('attempts')
      .set({
        outcome: sent === undefined ? 'unavailable' : 'uncertain',
        reason: 'the program stopped before an answer came',
        ended_at: now,
      })
      .where('delivery_id', '=', delivery.id)
      .where('outcome', 'is', null)
      .execute()
    await tellChange(tx, `d${delivery.id}`)
  }
  await noticeStates(
    tx,
    over.map(({ id }) => id),
    now,
  )
}

/** Never tried and more than a day late, whatever kept it: a person must say whether it should still go. */
export async function holdLate(
  tx: Transaction<Ledger>,
  accountId: number,
  now: Date,
): Promise<void> {
  const held = await tx
    .updateTable('deliveries')
    .set((row) => ({
      state: 'held' as const,
      held_for: 'late' as const,
      version: sql<number>`${row.ref('version')} + 1`,
    }))
    .where('account_id', '=', accountId)
    .where('state', '=', 'pending')
    .where('tries', '=', 0)
    .where('first_due_at', '<', lateLimit(now))
    .returning('id')
    .execute()
  const ids = held.map(({ id }) => id)
  for (const id of ids) await tellChange(tx, `d${id}`)
  await noticeStates(tx, ids, now)
}
