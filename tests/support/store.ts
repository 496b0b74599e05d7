import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { openStore, type Store } from '../../src/store/store.ts'

/** A folder of its own under the temporary directory, with a space in its name, gone at the end of the test. */
export async function temporaryFolder(
  name = 'crieur test',
): Promise<{ folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(path.join(tmpdir(), `${name} `))
  return {
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

/** An embedded server of its own: real Postgres, stopped and removed at the end. */
export async function temporaryStore(): Promise<
  { store: Store; folder: string } & AsyncDisposable
> {
  const { folder, [Symbol.asyncDispose]: remove } = await temporaryFolder()
  const store = await openStore({ databaseUrl: null, dataDir: folder, schema: 'crieur' })
  return {
    store,
    folder,
    [Symbol.asyncDispose]: async () => {
      await store.close()
      await remove()
    },
  }
}

/** Nothing of it outlives the test: the server need not wait for the disk. */
async function hasty({ db }: Store): Promise<void> {
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes'])
    await sql`alter system set ${sql.id(setting)} = off`.execute(db)
  await sql`select pg_reload_conf()`.execute(db)
}

/** One embedded server for many tests, a ledger of its own for each. */
export interface Server extends AsyncDisposable {
  open(): Promise<Store>
  /** The same ledger once more, after it was closed. */
  reopen(store: Store): Promise<Store>
}

export async function temporaryServer(): Promise<Server> {
  const home = await temporaryStore()
  await hasty(home.store)
  let number = 0
  return {
    open: () => {
      number += 1
      return openStore({ databaseUrl: null, dataDir: home.folder, schema: `ledger_${number}` })
    },
    reopen: ({ schema }) => openStore({ databaseUrl: null, dataDir: home.folder, schema }),
    [Symbol.asyncDispose]: home[Symbol.asyncDispose],
  }
}
