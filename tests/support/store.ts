import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openStore, type Store } from '../../src/store/store.ts'

/** A folder of its own under the temporary directory, gone at the end of the test. */
export async function temporaryFolder(
  name = 'crieur test',
): Promise<{ folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(path.join(tmpdir(), `${name} `))
  return {
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

/** An embedded ledger of its own: real Postgres, stopped and removed at the end. */
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
