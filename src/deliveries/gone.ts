import { sql, type Transaction } from 'kysely'
import { tellChange } from '../store/changes.ts'
import type { Ledger } from '../store/schema.ts'

/** Its platform says that a published post stands no more. False where that is no news. */
export async function foundGone(tx: Transaction<Ledger>, delivery: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('deliveries')
    .set((row) => ({ state: 'deleted' as const, version: sql<number>`${row.ref('version')} + 1` }))
    .where('id', '=', delivery)
    .where('state', '=', 'published')
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await tellChange(tx, `d${delivery}`)
  return true
}
