// How long a signed hook waits for its 202 at 100 a second while posts go out, and what that costs publishing.
// Baseline of the same run: `/healthz` of the same server, and the same posts without any hook.
//   node bench/hooks.ts
import { createHmac, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { setTimeout as after } from 'node:timers/promises'
import { announce } from '../src/deliveries/announce.ts'
import { keepRead } from '../src/articles/ledger.ts'
import { createLog } from '../src/log.ts'
import { publishJob } from '../src/queue/jobs.ts'
import { openQueue } from '../src/queue/queue.ts'
import { mastodon, startMastodon } from '../src/sandbox/mastodon.ts'
import { openStore } from '../src/store/store.ts'
import { blankArticle } from '../tests/support/newsroom.ts'
import { crieur, freePort } from '../tests/support/program.ts'
import { temporaryFolder } from '../tests/support/store.ts'
import { ratio, row } from './figures.ts'

const A_SECOND = 100
const SECONDS = 10
const POSTS = 25 // within the account's burst, so that its pace is not what is measured

const key = Buffer.from('a key of the benchmark, 32 bytes')
const platform = await startMastodon({ port: 0, file: null, postsPer3Hours: 100_000 })
const site = createServer((request, response) => {
  const title = `Article ${request.url ?? ''}`
  response.writeHead(200, { 'content-type': 'text/html' }).end(
    `<html lang="fr"><title>${title}</title><body class="single"><h1>${title}</h1>
     <article><p>La péniche passe, les curieux aussi, et le canal garde son calme du matin.</p></article>`,
  )
}).listen(0, '127.0.0.1')
await once(site, 'listening')
const address = site.address()
const sitePort = address !== null && typeof address === 'object' ? address.port : 0
await using home = await temporaryFolder()
const port = await freePort()
const start = crieur(['start'], {
  DATA_DIR: home.folder,
  PORT: String(port),
  ALLOW_PRIVATE_SOURCES: 'true',
  WEBHOOK_SECRET: `whsec_${key.toString('base64')}`,
  ADMIN_PASSWORD: 'not needed by hooks',
  MASTODON_URL: platform.url,
  MASTODON_ACCESS_TOKEN: mastodon.accessToken,
  LOG_LEVEL: 'error',
})
await start.says(/http:/)
const store = await openStore({ databaseUrl: null, dataDir: home.folder, schema: 'crieur' })
const queue = await openQueue(
  { redisUrl: null, postgres: store.address, namespace: 'crieur' },
  store.clock,
  createLog('error', [], (line) => console.error(line)),
)

let hooked = 0
const baseline = await atRate(() => fetch(`http://127.0.0.1:${port}/healthz`))
const alone = await publishAll(0)
const publishing = publishAll(1)
const hooks = await atRate(hook)
const beside = await publishing
console.log(row('/healthz', baseline))
console.log(row('202 for a hook', hooks))
console.log(ratio(hooks, baseline))
console.log(
  `posts a second: alone ${alone.toFixed(1)}, beside hooks ${beside.toFixed(1)}, ratio ${(beside / alone).toFixed(2)}`,
)
await queue.close(1000)
await store.close()
start.kill('SIGINT')
await start.ended
await platform.close()
site.close()

/** Milliseconds each call took, 100 of them a second, whatever the answers take. */
async function atRate(call: () => Promise<Response>): Promise<number[]> {
  const times: Promise<number>[] = []
  const begun = performance.now()
  for (let number = 0; number < A_SECOND * SECONDS; number += 1) {
    const wait = begun + (number * 1000) / A_SECOND - performance.now()
    if (wait > 0) await after(wait)
    times.push(timed(call))
  }
  return Promise.all(times)
}

async function timed(call: () => Promise<Response>): Promise<number> {
  const begun = performance.now()
  const answer = await call()
  await answer.text()
  if (!answer.ok) {
    start.kill('SIGINT')
    console.error((await start.ended).stderr.slice(0, 3000))
    throw new Error(`answered ${answer.status}`)
  }
  return performance.now() - begun
}

function hook(): Promise<Response> {
  hooked += 1
  const own = `http://127.0.0.1:${sitePort}`
  const body = JSON.stringify({
    event: 'publish',
    site: `${own}/`,
    id: hooked,
    url: `${own}/2026/article-${hooked}/`,
  })
  const id = `msg_${randomUUID()}`
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return fetch(`http://127.0.0.1:${port}/hooks/wordpress`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
    body,
  })
}

/** Puts posts into the ledger at once; answers how many arrived a second. */
async function publishAll(round: number): Promise<number> {
  const account = await store.db.selectFrom('accounts').select('id').executeTakeFirstOrThrow()
  await store.db.updateTable('accounts').set({ spent_until: null }).execute() // a full burst
  const before = platform.posts().length
  const begun = performance.now()
  for (let number = 0; number < POSTS; number += 1) {
    const now = store.clock()
    await store.db.transaction().execute(async (tx) => {
      const url = `https://journal.example/${round}-${number}`
      const article = { ...blankArticle, url, title: `Article ${round}-${number}` }
      const keeping = { heardAs: null, via: 'person' as const, dueAt: null, now }
      const { id } = await keepRead(tx, { article, keys: [`url:${url}`] }, keeping)
      const wish = { article: id, accounts: [account.id], at: now, again: false, hold: null }
      await announce(tx, wish, now)
    })
  }
  await queue.wake(publishJob('mastodon', account.id))
  while (platform.posts().length < before + POSTS) await after(5)
  return (POSTS * 1000) / (performance.now() - begun)
}
