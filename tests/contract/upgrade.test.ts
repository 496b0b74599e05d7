import { type Kysely, Kysely as Database, PostgresDialect, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, test } from 'vitest'
import * as ledger from '../../src/store/migrations/0001_ledger.ts'
import * as newsroom from '../../src/store/migrations/0002_newsroom.ts'
import { openPool } from '../../src/store/pool.ts'
import { openStore } from '../../src/store/store.ts'
import { temporaryStore } from '../support/store.ts'

const schema = 'of_last_year'

/** A ledger as the last release wrote it. */
async function lastRelease(db: Kysely<unknown>): Promise<void> {
  await sql`create schema ${sql.id(schema)}`.execute(db)
  const migrations = { '0001_ledger': ledger, '0002_newsroom': newsroom }
  const provider = { getMigrations: () => Promise.resolve(migrations) }
  const { error } = await new Migrator({
    db,
    provider,
    migrationTableSchema: schema,
  }).migrateToLatest()
  if (error !== undefined) throw error
  const draft = {
    text: 'Le canal rouvre',
    facets: [],
    count: 15,
    limit: 300,
    language: 'fr',
    card: { url: 'https://journal.example/a/', title: 'A', description: '', image: null },
    warnings: [],
  }
  const thumbnail = JSON.stringify({ ref: { $link: 'bafy' } })
  await sql`
    insert into articles (url, state, via, article, heard_at)
      values ('https://journal.example/a/', 'ready', 'person', '{}', now())`.execute(db)
  await sql`
    insert into accounts (platform, name, configured) values ('bluesky', 'bluesky', true)`.execute(
    db,
  )
  await sql`
    insert into deliveries (article_id, account_id, state, first_due_at, warnings, frozen_at, created_at)
      select a.id, b.id, 'pending', now(), '[]', now(), now() from articles a, accounts b`.execute(
    db,
  )
  await sql`
    insert into parts (delivery_id, position, draft, key, thumbnail)
      select id, 0, ${JSON.stringify(draft)}::jsonb, 'k', ${thumbnail}::jsonb from deliveries
      union all select id, 1, ${JSON.stringify({ ...draft, card: null })}::jsonb, 'k', ${thumbnail}::jsonb
        from deliveries`.execute(db)
  await sql`
    insert into pictures (delivery_id, position, bytes, mime, width, height, alt)
      select id, 0, '\\x00', 'image/jpeg', 800, 400, 'Le pont' from deliveries`.execute(db)
}

test('what the last release froze goes on as it was: uploads are known, drafts are whole', async () => {
  await using home = await temporaryStore()
  const pool = openPool(home.store.address, { schema, max: 2 })
  const old = new Database<unknown>({ dialect: new PostgresDialect({ pool }) })
  await lastRelease(old)
  await old.destroy()
  const store = await openStore({ databaseUrl: null, dataDir: home.folder, schema })
  const parts = await store.db.selectFrom('parts').select('draft').orderBy('position').execute()
  const manner = { visibility: 'public', contentWarning: null, silent: false }
  expect(parts).toMatchObject([
    { draft: { text: 'Le canal rouvre', images: [], manner, card: { title: 'A', above: false } } },
    { draft: { images: [], manner, card: null } },
  ])
  const pictures = await store.db.selectFrom('pictures').selectAll().orderBy('position').execute()
  expect(pictures).toMatchObject([
    { position: 0, number: 0, width: 800, ref: { ref: { $link: 'bafy' } } },
    { position: 1, number: 0, bytes: null, ref: { ref: { $link: 'bafy' } } },
  ])
  await store.close()
})
