import type { Transaction } from 'kysely'
import { raise } from '../notices/ledger.ts'
import type { Ledger } from '../store/schema.ts'
import type { Db } from '../store/store.ts'

type Writer = Db | Transaction<Ledger>

/**
 * The account stands still until its credentials or rights are mended, and somebody should know. One that a
 * person stopped stays so for that reason. `reason` is the platform's own words.
 */
export async function pauseUnauthorized(
  db: Writer,
  account: number,
  reason: string,
  fingerprint: string | null,
  now: Date,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('accounts')
    .set({ paused_at: now, pause: JSON.stringify({ kind: 'unauthorized', reason, fingerprint }) })
    .where('id', '=', account)
    .where((row) =>
      row.or([
        row('pause', 'is', null),
        row(row.ref('pause', '->>').key('kind'), '=', 'unauthorized'),
      ]),
    )
    .executeTakeFirst()
  if (numUpdatedRows > 0n) await raise(db, 'unauthorized', { account }, now)
}

/** The platform told us to wait: nothing is sent on this account before. */
export async function waitUntil(db: Writer, account: number, until: Date): Promise<void> {
  await db.updateTable('accounts').set({ wait_until: until }).where('id', '=', account).execute()
}

/** A call is taken out of the account's pace. */
export async function spend(db: Writer, account: number, spentUntil: Date): Promise<void> {
  await db
    .updateTable('accounts')
    .set({ spent_until: spentUntil })
    .where('id', '=', account)
    .execute()
}

/** Something was published there. */
export async function noteSuccess(db: Writer, account: number, now: Date): Promise<void> {
  await db.updateTable('accounts').set({ last_success_at: now }).where('id', '=', account).execute()
}
