import { sql } from 'kysely'
import type { Vault } from '../platforms/platform.ts'
import type { Db } from '../store/store.ts'

/** A holder that stands still longer than this loses the vault, so that others can go on. */
const HOLD_AT_MOST = '60s'

/**
 * An account's vault in the ledger. The row's lock makes one holder at a time across processes; what was
 * saved under other credentials counts as nothing kept.
 */
export function openVault(db: Db, accountId: number, fingerprint: string): Vault {
  const keptBy = (row: { fingerprint: string; kept: unknown } | undefined) =>
    row?.fingerprint === fingerprint ? row.kept : undefined
  return {
    read: async () =>
      keptBy(
        await db
          .selectFrom('vaults')
          .select(['fingerprint', 'kept'])
          .where('account_id', '=', accountId)
          .executeTakeFirst(),
      ),
    hold: async (work) => {
      await db
        .insertInto('vaults')
        .values({ account_id: accountId, fingerprint, kept: 'null' })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return db.transaction().execute(async (tx) => {
        await sql`set local idle_in_transaction_session_timeout = ${sql.lit(HOLD_AT_MOST)}`.execute(
          tx,
        )
        const row = await tx
          .selectFrom('vaults')
          .select(['fingerprint', 'kept'])
          .where('account_id', '=', accountId)
          .forUpdate()
          .executeTakeFirstOrThrow()
        const kept = keptBy(row)
        return work(kept === null ? undefined : kept, async (value) => {
          await tx
            .updateTable('vaults')
            .set({ fingerprint, kept: JSON.stringify(value) })
            .where('account_id', '=', accountId)
            .execute()
        })
      })
    },
  }
}
