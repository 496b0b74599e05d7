import { expect, test } from 'vitest'
import { waitFor } from '../../src/store/changes.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { threePlatforms } from '../support/accounts.ts'
import { crieur, freePort } from '../support/program.ts'
import { temporaryFolder } from '../support/store.ts'

const article = JSON.stringify({
  url: 'https://journal.example/2026/02/article/',
  title: 'Le canal rouvre',
  excerpt: 'Après deux ans de travaux, les péniches passent de nouveau.',
  language: 'fr',
})

async function until<T>(store: Store, look: () => Promise<T | null>): Promise<T> {
  const found = await waitFor(store, look, AbortSignal.timeout(110_000))
  if (found === null) throw new Error('did not come')
  return found
}

/** The ledger's lease is over: as if the worker had stood still for that long. */
async function endLease({ db, clock }: Store): Promise<void> {
  const over = new Date(clock().getTime() - 1000)
  await db
    .updateTable('deliveries')
    .set({ lease_until: over })
    .where('lease_token', 'is not', null)
    .execute()
}

test('a worker frozen for longer than its lease sends and writes nothing when it wakes', async () => {
  await using platforms = await threePlatforms()
  await using home = await temporaryFolder()
  const env = { ...platforms.env, DATA_DIR: home.folder, PORT: String(await freePort()) }
  // The check before the first post hangs: the worker holds the lease and has sent nothing.
  await platforms.mastodon.fault({ kind: 'delay', path: 'verify_credentials', ms: 4000, times: 2 })
  await using start = crieur(['start'], env)
  await start.says(/http:/)
  const store = await openStore({ databaseUrl: null, dataDir: home.folder, schema: 'crieur' })
  expect((await crieur(['post', '-', '--to', 'mastodon'], env, article).ended).code).toBe(0)
  const row = () => store.db.selectFrom('deliveries').selectAll().executeTakeFirst()
  await until(store, async () => ((await row())?.lease_token ? true : null))

  start.kill('SIGSTOP')
  await endLease(store)
  // Another process takes over, publishes, and everything has settled.
  const other = { ...env, PORT: String(await freePort()) }
  await using second = crieur(['start', '--only', 'worker'], other)
  await second.says(/Crieur/)
  const settled = await until(store, async () => {
    const now = await row()
    return now?.state === 'published' ? now : null
  })
  start.kill('SIGCONT')
  // The woken worker has come to its end when it answers the next article's wake.
  const next = article.replaceAll('article/', 'second/')
  expect((await crieur(['post', '-', '--wait'], env, next).ended).code).toBe(0)

  expect((await row())?.version).toBe(settled.version)
  const posts = await platforms.mastodon.posts()
  expect(posts).toHaveLength(2)
  expect(posts.map(({ requests }) => requests)).toEqual([1, 1])
  await store.close()
})
