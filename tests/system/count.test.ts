import { expect, test } from 'vitest'
import { bluesky } from '../../src/sandbox/bluesky.ts'
import { mastodon } from '../../src/sandbox/mastodon.ts'
import { createLog } from '../../src/log.ts'
import { countJob } from '../../src/queue/jobs.ts'
import { openQueue } from '../../src/queue/queue.ts'
import { openStore } from '../../src/store/store.ts'
import { waitFor } from '../../src/store/changes.ts'
import { latestCounts } from '../../src/engagement/stats.ts'
import { crieur, freePort, standIn } from '../support/program.ts'
import { happens } from '../support/readers.ts'
import { temporaryFolder } from '../support/store.ts'

/** A title that harms a spreadsheet or a terminal that takes it at its word. */
const title = '=HYPERLINK("http://evil.example","Click"), \u001B[31mrouge'

test('counts are asked for, told and taken into a spreadsheet, without a start', async () => {
  await using bsky = await standIn('bluesky')
  await using masto = await standIn('mastodon')
  await using home = await temporaryFolder()
  const env = {
    DATA_DIR: home.folder,
    BLUESKY_HANDLE: bluesky.handle,
    BLUESKY_APP_PASSWORD: bluesky.appPassword,
    BLUESKY_SERVICE: bsky.url,
    MASTODON_URL: masto.url,
    MASTODON_ACCESS_TOKEN: mastodon.accessToken,
  }
  const run = (...args: string[]) => crieur(args, env).ended
  const url = 'https://journal.example/2026/02/formule/'
  const article = JSON.stringify({ url, title, excerpt: 'Un titre.', language: 'fr' })
  const posted = await crieur(['post', '-', '--wait'], env, article).ended
  expect(posted.code).toBe(0)
  const id = async (platform: typeof bsky) => (await platform.posts())[0]?.id
  await happens(bsky, 'counts', { id: await id(bsky), likes: 1234, reposts: 2, replies: 1 })
  await happens(masto, 'counts', { id: await id(masto), likes: 3 })

  const counted = await run('count', '--json')
  expect(JSON.parse(counted.stdout)).toMatchObject([
    { delivery: 'd1', platform: 'bluesky', likes: 1234, reposts: 2, replies: 1, views: null },
    { delivery: 'd2', platform: 'mastodon', likes: 3, reposts: 0, error: null },
  ])
  expect(counted).toMatchObject({ code: 0, stderr: '' })

  const told = await crieur(['count', url], { ...env, LOCALE: 'fr' }).ended
  expect(told.stdout).toMatch(
    /^d1 {4}bluesky {3}j’aime 1\u202F234 · partages 2 · .* · vues – {2}http/m,
  )
  const stats = await run('stats')
  expect(stats.stdout).toMatch(/^account +posts +likes +reposts +replies +quotes +views$/m)
  expect(stats.stdout).toMatch(/^bluesky +1 +1,234 +2 +1 +0 +–$/m)
  const byArticle = await run('stats', '--by', 'article', '--since', 'all')
  expect(byArticle.stdout).toContain('Click')
  expect(byArticle.stdout).not.toContain('\u001B')
  const json = await run('stats', '--by', 'article', '--json')
  expect(JSON.parse(json.stdout)).toMatchObject([
    { article: 'a1', posts: 2, likes: 1237, views: null },
  ])
  const csv = await run('stats', '--by', 'article', '--csv')
  expect(csv.stdout).toMatch(
    /^article,title,url,posts,.*\r\na1,"'=HYPERLINK\(""http:\/\/evil.example"",""Click""\), \[31mrouge",https:[^,]*,2,1237,2,1,0,,,2/,
  )

  await happens(masto, 'remove', { id: await id(masto) })
  await bsky.fault({ kind: 'answer', path: 'getPosts', status: 502, body: '<p>Bad gateway' })
  const half = await run('count')
  expect(half.stdout).toMatch(/^d1 .*not counted: not reached: /m)
  expect(half.stdout).toMatch(/^d2 .*no longer there/m)
  expect(half.code).toBe(1)

  const wrong = await Promise.all([
    run('stats', '--by', 'moon'),
    run('stats', '--since', 'yesterday'),
    run('count', 'd99'),
  ])
  expect(wrong.map(({ code }) => code)).toEqual([2, 2, 1])
  for (const { stderr } of wrong) expect(stderr).toMatch(/^[^\n]+\n$/)
})

test('a start counts by itself what is due, and lets somebody ask beside it', async () => {
  await using masto = await standIn('mastodon')
  await using home = await temporaryFolder()
  const env = {
    DATA_DIR: home.folder,
    PORT: String(await freePort()),
    MASTODON_URL: masto.url,
    MASTODON_ACCESS_TOKEN: mastodon.accessToken,
  }
  await using start = crieur(['start'], env)
  await start.says(/http:/)
  const article = JSON.stringify({ url: 'https://journal.example/1/', title: 'Un', excerpt: 'Un.' })
  expect((await crieur(['post', '-', '--wait'], env, article).ended).code).toBe(0)
  const id = (await masto.posts())[0]?.id
  await happens(masto, 'counts', { id, likes: 4 })

  const store = await openStore({ databaseUrl: null, dataDir: home.folder, schema: 'crieur' })
  const log = createLog('error', [], (line) => process.stderr.write(`${line}\n`))
  const settings = { redisUrl: null, postgres: store.address, namespace: 'crieur' }
  const queue = await openQueue(settings, store.clock, log)
  try {
    const hourAgo = new Date(store.clock().getTime() - 3_600_000)
    await store.db.updateTable('deliveries').set({ published_at: hourAgo }).execute()
    const delivery = await store.db
      .selectFrom('deliveries')
      .select(['id', 'account_id'])
      .executeTakeFirstOrThrow()
    await queue.wake(countJob(delivery.account_id))
    const likes = await waitFor(
      store,
      async () => (await latestCounts(store.db, [delivery.id])).get(delivery.id)?.likes ?? null,
      AbortSignal.timeout(30_000),
    )
    expect(likes).toBe(4)
  } finally {
    await queue.close(1000)
    await store.close()
  }

  await happens(masto, 'counts', { id, likes: 6 })
  const counted = await crieur(['count', 'a1', '--json'], env).ended
  expect(JSON.parse(counted.stdout)).toMatchObject([{ delivery: 'd1', likes: 6 }])
  expect(counted).toMatchObject({ code: 0, stderr: '' })
})
