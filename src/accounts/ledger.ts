import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { AccountSettings } from '../config/config.ts'
import type { AccountsTable } from '../store/schema.ts'
import type { Db } from '../store/store.ts'

export type AccountRow = Selectable<AccountsTable>

/** What tells one set of credentials from another, without telling them. */
export function fingerprintOf(credentials: unknown): string {
  return createHash('sha256').update(JSON.stringify(credentials)).digest('base64url')
}

/**
 * Brings the ledger's accounts in line with the files: new names get a row, names that are gone keep theirs
 * (and their deliveries wait), other credentials than those that were refused are tried. Who an account really is, the platform says later (`identify`).
 */
export async function syncAccounts(
  db: Db,
  settings: readonly AccountSettings[],
): Promise<AccountRow[]> {
  await db.transaction().execute(async (tx) => {
    await tx
      .updateTable('accounts')
      .set({ configured: false })
      .where('configured', '=', true)
      .$if(settings.length > 0, (query) =>
        query.where((row) =>
          row.not(
            row.or(
              settings.map((account) =>
                row.and({ name: account.name, platform: account.platform }),
              ),
            ),
          ),
        ),
      )
      .execute()
    for (const { name, platform, credentials } of settings) {
      const known = await tx
        .selectFrom('accounts')
        .select(['id', 'pause'])
        .where('name', '=', name)
        .where('platform', '=', platform)
        .orderBy('configured', 'desc')
        .orderBy('id', 'desc')
        .executeTakeFirst()
      if (known === undefined) {
        await tx
          .insertInto('accounts')
          .values({ name, platform, configured: true })
          .onConflict((conflict) =>
            conflict.column('name').where('configured', '=', true).doNothing(),
          )
          .execute()
      } else {
        const other =
          known.pause?.kind === 'unauthorized' &&
          known.pause.fingerprint !== fingerprintOf(credentials)
        await tx
          .updateTable('accounts')
          .set({ configured: true, ...(other && { paused_at: null, pause: null }) })
          .where('id', '=', known.id)
          .execute()
      }
    }
  })
  return configuredAccounts(db)
}

/** The accounts that stand in the files, in the order they came. */
export function configuredAccounts(db: Db): Promise<AccountRow[]> {
  return db
    .selectFrom('accounts')
    .selectAll()
    .where('configured', '=', true)
    .orderBy('id')
    .execute()
}
