import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { syncAccounts } from '../../src/accounts/ledger.ts'
import { keepRead } from '../../src/articles/ledger.ts'
import { announce } from '../../src/deliveries/announce.ts'
import { openStore } from '../../src/store/store.ts'
import { waitFor } from '../../src/store/changes.ts'
import { sql } from 'kysely'
import { threePlatforms, type Platforms } from '../support/accounts.ts'
import { blankArticle } from '../support/newsroom.ts'
import { crieur, freePort, type Program } from '../support/program.ts'
import { temporaryFolder } from '../support/store.ts'

const ARTICLES = 20

/** Which article each post is of, by the number in its title. */
function numbersIn(posts: { wire: unknown }[]): number[] {
  return posts.map(({ wire }) => Number(/Numéro (\d+)/.exec(JSON.stringify(wire))?.[1]))
}

/** Keeps and announces the articles, as `crieur post` would, one process for all of them. */
async function postAll(folder: string): Promise<void> {
  const store = await openStore({ databaseUrl: null, dataDir: folder, schema: 'crieur' })
  const names = ['telegram', 'bluesky', 'mastodon'] as const
  const accounts = await syncAccounts(
    store.db,
    names.map((name) => ({ name, platform: name, credentials: null })),
  )
  for (let number = 1; number <= ARTICLES; number += 1) {
    const url = `https://journal.example/2026/02/article-${number}/`
    const article = { ...blankArticle, url, title: `Numéro ${number}, le canal rouvre` }
    await store.db.transaction().execute(async (tx) => {
      const now = store.clock()
      const keeping = { heardAs: null, via: 'person' as const, dueAt: null, now }
      const { id } = await keepRead(tx, { article, keys: [`url:${url}`] }, keeping)
      const wish = {
        article: id,
        accounts: accounts.map((row) => row.id),
        at: now,
        again: false,
        hold: null,
      }
      await announce(tx, wish, now)
    })
  }
  await store.close()
}

async function killEverything(start: Program, folder: string): Promise<void> {
  const pid = await readFile(`${folder}/postgres/postmaster.pid`, 'utf8')
  start.kill('SIGKILL')
  process.kill(Number(pid.split('\n')[0]), 'SIGKILL')
  await start.ended
}

/** Waits until every delivery has ended: published, or uncertain with nobody but a person to tell. */
async function untilSettled(
  folder: string,
): Promise<{ platform: string; state: string; article: number }[]> {
  const store = await openStore({ databaseUrl: null, dataDir: folder, schema: 'crieur' })
  const settled = await waitFor(
    store,
    async () => {
      const rows = await store.db
        .selectFrom('deliveries')
        .innerJoin('accounts', 'accounts.id', 'account_id')
        .select(['platform', 'state', 'due_at', 'article_id as article'])
        .execute()
      const open = rows.filter(
        ({ state, due_at }) => state !== 'published' && !(state === 'uncertain' && due_at === null),
      )
      return rows.length === ARTICLES * 3 && open.length === 0 ? rows : null
    },
    AbortSignal.timeout(280_000),
  )
  await store.close()
  if (settled === null) throw new Error('not settled in time')
  return settled
}

async function untilSomeStand(platforms: Platforms, some: number): Promise<void> {
  for (;;) {
    const standing = await Promise.all([platforms.bluesky.posts(), platforms.mastodon.posts()])
    if (standing.flat().length >= some) return
  }
}

// both at once: most of their time is spent waiting for leases and looks
test.concurrent.for([
  { emptied: false, name: 'kill -9 of everything in the middle' },
  { emptied: true, name: 'kill -9 of everything, and the queue’s tables emptied' },
])('$name: none lost, none twice', { timeout: 300_000 }, async ({ emptied }) => {
  await using platforms = await threePlatforms()
  await using home = await temporaryFolder()
  const port = String(await freePort())
  const env = { ...platforms.env, DATA_DIR: home.folder, PORT: port }
  await postAll(home.folder)

  {
    await using start = crieur(['start'], env)
    await start.says(/http:/)
    await untilSomeStand(platforms, ARTICLES / 2)
    await killEverything(start, home.folder)
  }
  if (emptied) {
    const store = await openStore({ databaseUrl: null, dataDir: home.folder, schema: 'crieur' })
    await sql`truncate bullmq.job cascade`.execute(store.db)
    await store.close()
  }
  await using start = crieur(['start'], env)
  await start.says(/http:/)
  const settled = await untilSettled(home.folder)

  const expected = Array.from({ length: ARTICLES }, (_, index) => index + 1)
  for (const platform of ['bluesky', 'mastodon'] as const) {
    expect(
      numbersIn(await platforms[platform].posts()).toSorted((one, other) => one - other),
    ).toEqual(expected)
  }
  const onTelegram = numbersIn(await platforms.telegram.posts())
  expect(new Set(onTelegram).size).toBe(onTelegram.length)
  const uncertain = settled.filter(({ state }) => state === 'uncertain')
  expect(uncertain.every(({ platform }) => platform === 'telegram')).toBe(true)
  expect(ARTICLES - onTelegram.length).toBeLessThanOrEqual(uncertain.length)
})
