import type { Transaction } from 'kysely'
import type { Ledger } from '../store/schema.ts'

/** Where nothing of it can stand, the post is written anew; else it goes on as it was frozen: false then. */
export async function thaw(tx: Transaction<Ledger>, delivery: number): Promise<boolean> {
  const kept = await tx
    .selectFrom('parts')
    .select('position')
    .where('delivery_id', '=', delivery)
    .where((row) => row.or([row('syndication', 'is not', null), row('sent_at', 'is not', null)]))
    .executeTakeFirst()
  if (kept !== undefined) return false
  await tx.deleteFrom('parts').where('delivery_id', '=', delivery).execute()
  await tx.deleteFrom('pictures').where('delivery_id', '=', delivery).execute()
  await tx.updateTable('deliveries').set({ frozen_at: null }).where('id', '=', delivery).execute()
  return true
}
