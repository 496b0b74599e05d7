import type { Selectable } from 'kysely'
import type { SourceSettings } from '../config/config.ts'
import type { SourcesTable } from '../store/schema.ts'
import type { Db } from '../store/store.ts'

export type SourceRow = Selectable<SourcesTable>

/** Brings the ledger's sources in line with the files; what is gone from them is no longer read. */
export async function syncSources(
  db: Db,
  settings: readonly SourceSettings[],
  now: Date,
): Promise<SourceRow[]> {
  await db
    .updateTable('sources')
    .set({ configured: false })
    .where('configured', '=', true)
    .execute()
  for (const { url } of settings) {
    await db
      .insertInto('sources')
      .values({ url, configured: true, due_at: now })
      .onConflict((conflict) =>
        conflict.column('url').doUpdateSet({ configured: true, due_at: now }),
      )
      .execute()
  }
  return configuredSources(db)
}

/** The newest of a source were announced, as far as they could be. */
export async function backfillDone(db: Db, source: number): Promise<void> {
  await db.updateTable('sources').set({ backfill: null }).where('id', '=', source).execute()
}

/** The sources that stand in the files. */
export function configuredSources(db: Db): Promise<SourceRow[]> {
  return db.selectFrom('sources').selectAll().where('configured', '=', true).orderBy('id').execute()
}
