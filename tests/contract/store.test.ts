import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { tellChange, waitFor } from '../../src/store/changes.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { temporaryFolder, temporaryStore } from '../support/store.ts'

const open = (folder: string, schema = 'crieur') =>
  openStore({ databaseUrl: null, dataDir: folder, schema })

async function postmaster(folder: string): Promise<number> {
  const text = await readFile(path.join(folder, 'postgres', 'postmaster.pid'), 'utf8')
  return Number(text.split('\n')[0])
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function addSource({ db, clock }: Store, url: string): Promise<void> {
  await db.insertInto('sources').values({ url, configured: true, due_at: clock() }).execute()
}

async function sources({ db }: Store): Promise<string[]> {
  const rows = await db.selectFrom('sources').select('url').orderBy('id').execute()
  return rows.map(({ url }) => url)
}

describe('the embedded server', () => {
  test('two first starts at once share one cluster, in a folder with a space', async () => {
    await using home = await temporaryFolder()
    const [one, other] = await Promise.all([open(home.folder), open(home.folder)])
    await addSource(one, 'https://journal.example/feed/')
    expect(await sources(other)).toEqual(['https://journal.example/feed/'])
    await one.close()
    expect(await sources(other)).toHaveLength(1)
    await other.close()
  })

  test('whoever leaves last stops it, and what was written is there at the next start', async () => {
    await using home = await temporaryFolder()
    const first = await open(home.folder)
    await addSource(first, 'https://a.example/')
    const pid = await postmaster(home.folder)
    await first.close()
    expect(isAlive(pid)).toBe(false)
    const second = await open(home.folder)
    expect(await sources(second)).toEqual(['https://a.example/'])
    await second.close()
  })

  test('a server that is killed is started again, and every row is there', async () => {
    await using home = await temporaryStore()
    await addSource(home.store, 'https://a.example/')
    const back = once(home.store.session, 'back')
    process.kill(await postmaster(home.folder), 'SIGKILL')
    await back
    expect(await sources(home.store)).toEqual(['https://a.example/'])
  })

  test('a pid file left by a power cut is not believed', async () => {
    await using home = await temporaryFolder()
    await (await open(home.folder)).close()
    const cluster = path.join(home.folder, 'postgres')
    // The number now belongs to another program: this very test.
    const left = [process.pid, cluster, 1, 5432, cluster, '', '', ''].join('\n')
    await writeFile(path.join(cluster, 'postmaster.pid'), left)
    const store = await open(home.folder)
    expect(await sources(store)).toEqual([])
    await store.close()
  })

  test('a path too long for a socket is no obstacle', async () => {
    await using home = await temporaryFolder()
    const deep = path.join(home.folder, 'très long '.repeat(12))
    await mkdir(deep, { recursive: true })
    const store = await open(deep)
    expect(await sources(store)).toEqual([])
    await store.close()
  })

  test('files of another major version are refused with both numbers', async () => {
    await using home = await temporaryFolder()
    await mkdir(path.join(home.folder, 'postgres'))
    await writeFile(path.join(home.folder, 'postgres', 'PG_VERSION'), '15\n')
    await expect(open(home.folder)).rejects.toMatchObject({
      kind: 'store-other-version',
      facts: { found: '15', wanted: '18' },
    })
  })
})

test('a database that is not there is one sentence without its password', async () => {
  const databaseUrl = 'postgres://crieur:geheim@127.0.0.1:1/crieur'
  const opening = openStore({ databaseUrl, dataDir: '', schema: 'crieur' })
  await expect(opening).rejects.toMatchObject({ kind: 'store-unreachable' })
  await expect(opening).rejects.not.toThrow(/geheim/)
})

describe('beside each other', () => {
  test('a change told by one process wakes another that waits for it', async () => {
    await using home = await temporaryStore()
    const other = await open(home.folder)
    const never = new AbortController()
    let looks = 0
    const waiting = waitFor(
      other,
      async () => {
        looks += 1
        if (looks === 1) {
          await addSource(home.store, 'https://a.example/')
          await tellChange(home.store.db, 'a1')
        }
        return (await sources(other)).length > 0 && looks > 1 ? 'seen' : null
      },
      never.signal,
      60_000,
    )
    expect(await waiting).toBe('seen')
    await other.close()
  })

  test('a command knows whether a start runs', async () => {
    await using home = await temporaryStore()
    const other = await open(home.folder)
    expect(await other.session.startIsRunning()).toBe(false)
    await home.store.session.announceStart()
    expect(await other.session.startIsRunning()).toBe(true)
    await other.close()
  })

  test('two ledgers in one database know nothing of each other', async () => {
    await using home = await temporaryStore()
    const sandbox = await open(home.folder, 'crieur_sandbox')
    await addSource(sandbox, 'https://a.example/')
    expect(await sources(home.store)).toEqual([])
    await sandbox.close()
  })
})
