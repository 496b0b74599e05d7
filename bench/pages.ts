// The pages over a ledger of 10,000 articles on three accounts, counted and decided: p50, p95, bytes.
// Baseline of the same run: the same pages over 10 articles, and `/healthz`.
//   node bench/pages.ts
import { sql } from 'kysely'
import { openStore, type Store } from '../src/store/store.ts'
import { crieur, freePort } from '../tests/support/program.ts'
import { temporaryFolder } from '../tests/support/store.ts'
import { at, ratio, row } from './figures.ts'

const SHARES = [0.5, 0.95]
const ASKED = 60
const password = 'the password of the benchmark'

const small = await measured(10)
const large = await measured(10_000)
for (const [path, { times, bytes }] of large) {
  const few = small.get(path)
  console.log(`${row(path, times, SHARES)}   ${bytes} bytes`)
  if (few !== undefined) console.log(`  against 10 articles: ${ratio(times, few.times, SHARES)}`)
}
const page = large.get('/')
const health = large.get('/healthz')
if (page && health)
  console.log(
    `/ against /healthz: p95 ${(at(page.times, 0.95) / at(health.times, 0.95)).toFixed(1)}`,
  )

async function measured(articles: number) {
  await using home = await temporaryFolder()
  const port = await freePort()
  // Accounts whose platforms nobody asks: only the pages are measured.
  const env = {
    DATA_DIR: home.folder,
    PORT: String(port),
    ADMIN_PASSWORD: password,
    TELEGRAM_BOT_TOKEN: '1000000001:AAnobody_is_asked_for_anything_here',
    TELEGRAM_CHANNEL: '@nobody_is_asked',
    TELEGRAM_API_ROOT: 'http://127.0.0.1:1',
    LOG_LEVEL: 'error',
  }
  const start = crieur(['start', '--only', 'web'], env)
  await start.says(/http:/)
  const store = await openStore({ databaseUrl: null, dataDir: home.folder, schema: 'crieur' })
  await fill(store, articles)
  const base = `http://127.0.0.1:${port}`
  const login = await fetch(`${base}/login`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: base, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ password }),
  })
  const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? ''
  const figures = new Map<string, { times: number[]; bytes: number }>()
  const paths = [
    '/healthz',
    '/',
    '/articles',
    `/articles/a${articles}`,
    '/stats',
    '/stats?by=article&since=30d',
  ]
  for (const path of paths) {
    const times: number[] = []
    let bytes = 0
    for (let asked = 0; asked < ASKED; asked += 1) {
      const begun = performance.now()
      const answer = await fetch(`${base}${path}`, { headers: { cookie }, redirect: 'manual' })
      bytes = (await answer.text()).length
      times.push(performance.now() - begun)
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
    }
    figures.set(path.replace(/a\d+$/, 'a…'), { times, bytes })
  }
  await store.close()
  start.kill('SIGINT')
  await start.ended
  return figures
}

/** Articles of the last months, most of them published and counted, some failed, held or waiting. */
async function fill({ db }: Store, articles: number): Promise<void> {
  await sql`insert into accounts (platform, name, identity, title, configured)
    select platform, platform, platform, '@journal', true
      from unnest(array['bluesky', 'mastodon']) platform`.execute(db)
  await sql`insert into articles (url, state, via, article, revision, heard_at, ready_at)
    select 'https://journal.example/' || n, 'ready', 'feed', jsonb_build_object(
        'url', 'https://journal.example/' || n, 'title', 'Le canal rouvre, épisode ' || n,
        'excerpt', repeat('Après deux ans de travaux. ', 6), 'preface', null, 'content', repeat('Samedi matin. ', 300),
        'credit', null, 'image', null, 'categories', '[]'::jsonb, 'tags', '[]'::jsonb,
        'authors', '[]'::jsonb, 'language', 'fr', 'publishedAt', null, 'updatedAt', null),
      1, now() - (${articles} - n) * interval '15 minutes', now()
      from generate_series(1, ${articles}) n`.execute(db)
  await sql`insert into deliveries (article_id, account_id, state, first_due_at, due_at, created_at, published_at, revision, error, held_for)
    select a.id, c.id, s.state, a.heard_at, a.heard_at + interval '1 day', a.heard_at,
        case when s.state = 'published' then a.heard_at end, 1,
        case when s.state = 'failed' then '{"kind":"rejected","reason":"too long"}'::jsonb end,
        case when s.state = 'held' then 'approval' end
      from articles a cross join accounts c
      cross join lateral (select case when a.id % 100 = 0 then 'failed' when a.id % 101 = 0 then 'held'
        when a.id > ${articles} - 5 then 'pending' else 'published' end as state) s`.execute(db)
  await sql`insert into parts (delivery_id, position, draft, key, syndication)
    select id, 0, jsonb_build_object('text', repeat('Le canal rouvre. ', 10), 'facets', '[]'::jsonb, 'count', 170,
        'limit', 300, 'language', 'fr', 'card', null, 'warnings', '[]'::jsonb), 'k' || id,
        jsonb_build_object('id', id::text, 'url', 'https://platform.example/' || id)
      from deliveries where state = 'published'`.execute(db)
  await sql`insert into attempts (delivery_id, position, at, operation, outcome)
    select id, 0, created_at, 'publish', 'done' from deliveries`.execute(db)
  await sql`insert into counts (delivery_id, account_id, published_at, likes, reposts, counted_at)
    select id, account_id, published_at, id % 50, id % 7, now() from deliveries where state = 'published'`.execute(
    db,
  )
  await sql`insert into samples (delivery_id, at, likes, reposts)
    select id, published_at + n * interval '1 hour', n, n from deliveries, generate_series(1, 5) n
      where state = 'published'`.execute(db)
  await sql`insert into notices (kind, delivery_id, raised_at) select 'rejected', id, now()
    from deliveries where state = 'failed'`.execute(db)
  await sql`insert into notices (kind, article_id, raised_at) select distinct 'held', article_id, now()
    from deliveries where state = 'held'`.execute(db)
  await sql`analyze`.execute(db)
}
