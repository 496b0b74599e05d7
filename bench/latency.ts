// From an article's row standing in the ledger to the request arriving at the platform, on an idle account.
// Baseline of the same run: the official client called directly, from the call to the arrival.
//   node bench/latency.ts
import { setTimeout as after } from 'node:timers/promises'
import { crieur, freePort } from '../tests/support/program.ts'
import { blankArticle, credentialsFor } from '../tests/support/newsroom.ts'
import { temporaryFolder } from '../tests/support/store.ts'
import { ratio, row } from './figures.ts'
import { keepRead } from '../src/articles/ledger.ts'
import { announce } from '../src/deliveries/announce.ts'
import { createLog } from '../src/log.ts'
import { platforms } from '../src/platforms/registry.ts'
import { publishJob } from '../src/queue/jobs.ts'
import { openQueue } from '../src/queue/queue.ts'
import { startMastodon } from '../src/sandbox/mastodon.ts'
import type { StandIn } from '../src/sandbox/stand-in.ts'
import { openStore } from '../src/store/store.ts'
import { ordinary } from '../src/posts/post.ts'

const SAMPLES = 28 // within the account's burst, so that its pace is not what is measured

const standIn = await startMastodon({ port: 0, file: null, postsPer3Hours: 10_000 })
await using home = await temporaryFolder()
const env = {
  DATA_DIR: home.folder,
  PORT: String(await freePort()),
  MASTODON_URL: standIn.url,
  MASTODON_ACCESS_TOKEN: 'sandbox-token-of-no-real-mastodon-server-000',
}
await using start = crieur(['start'], env)
await start.says(/http:/)

const direct = await directCalls(standIn)
const through = await throughTheLedger(standIn)
console.log(row('client called directly', direct))
console.log(row('row in the ledger → arrival', through))
console.log(ratio(through, direct))
start.kill('SIGINT')
await start.ended
await standIn.close()

async function directCalls(platform: StandIn): Promise<number[]> {
  const forgetful = {
    read: () => Promise.resolve(undefined),
    hold: <T>(work: (kept: unknown, save: () => Promise<void>) => Promise<T>) =>
      work(undefined, () => Promise.resolve()),
  }
  const connection = await platforms.mastodon.connect(
    credentialsFor('mastodon', platform.url),
    forgetful,
  )
  await connection.check(AbortSignal.timeout(10_000))
  const times: number[] = []
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const draft = {
      text: `direct ${sample}`,
      facets: [],
      count: 8,
      limit: 500,
      language: 'fr',
      card: null,
      images: [],
      manner: ordinary,
      warnings: [],
    }
    const arrival = nextArrival(platform)
    const begun = performance.now()
    const publication = {
      key: crypto.randomUUID(),
      createdAt: new Date(),
      replyTo: null,
      media: [],
    }
    const done = connection.publish(draft, publication, AbortSignal.timeout(10_000))
    times.push((await arrival) - begun)
    await done
  }
  await connection.close()
  return times
}

async function throughTheLedger(platform: StandIn): Promise<number[]> {
  const store = await openStore({ databaseUrl: null, dataDir: home.folder, schema: 'crieur' })
  const log = createLog('error', [], (line) => console.error(line))
  const queue = await openQueue(
    { redisUrl: null, postgres: store.address, namespace: 'crieur' },
    store.clock,
    log,
  )
  const account = await store.db.selectFrom('accounts').select('id').executeTakeFirstOrThrow()
  const times: number[] = []
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const arrival = nextArrival(platform)
    const now = store.clock()
    const begun = await store.db.transaction().execute(async (tx) => {
      const url = `https://journal.example/${sample}`
      const article = { ...blankArticle, url, title: `Article ${sample}` }
      const keeping = { heardAs: null, via: 'person' as const, dueAt: null, now }
      const { id } = await keepRead(tx, { article, keys: [`url:${url}`] }, keeping)
      await announce(
        tx,
        { article: id, accounts: [account.id], at: now, again: false, hold: null },
        now,
      )
      return performance.now()
    })
    await queue.wake(publishJob('mastodon', account.id))
    times.push((await arrival) - begun)
    await after(150) // the account is idle again
  }
  await queue.close(1000)
  await store.close()
  return times
}

/** Resolves with the moment at which the next post arrives. */
async function nextArrival(platform: StandIn): Promise<number> {
  const posts = () =>
    platform.seen().filter(({ method, path }) => method === 'POST' && path.includes('/statuses'))
      .length
  const before = posts()
  while (posts() === before) await new Promise(setImmediate)
  return performance.now()
}
