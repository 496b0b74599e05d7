import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { Problem } from '../locale/problem.ts'
import { codeOf } from '../reason.ts'
import * as ledger from './migrations/0001_ledger.ts'
import * as newsroom from './migrations/0002_newsroom.ts'
import * as pictures from './migrations/0003_pictures.ts'
import * as changes from './migrations/0004_changes.ts'
import type { Ledger } from './schema.ts'

/** In order; a name once released never changes. */
const migrations: Record<string, Migration> = {
  '0001_ledger': ledger,
  '0002_newsroom': newsroom,
  '0003_pictures': pictures,
  '0004_changes': changes,
}

/**
 * Brings the ledger in `schema` to the shape this build knows. Several processes at once are fine: Kysely locks.
 * Throws `Problem` where the ledger was written by a newer build.
 */
export async function migrate(db: Kysely<Ledger>, schema: string): Promise<void> {
  await sql`create schema if not exists ${sql.id(schema)}`.execute(db).catch(ignoreRace)
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
    migrationTableSchema: schema,
  })
  const done = await migrator.migrateToLatest()
  if (done.error instanceof Error && done.error.message.includes('corrupted migrations')) {
    throw new Problem('store-newer', {})
  }
  if (done.error) throw done.error
}

/** `create schema if not exists` of two processes at once can still collide; the loser finds it there. */
function ignoreRace(error: unknown): void {
  if (!['23505', '42P06'].includes(codeOf(error))) throw error
}
