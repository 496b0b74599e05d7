import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Store } from '../../../src/store/store.ts'
import { bearer, clear, openDoor, signedHeaders, token } from './ask.ts'
import { article, openHouse, seed } from './house.ts'

let house: Awaited<ReturnType<typeof openHouse>>
let store: Store
beforeAll(async () => {
  house = await openHouse()
  store = house.store
})
afterEach(() => clear(store))
afterAll(() => house.close())

const url = 'https://journal.example/2026/02/le-moulin/'
const rows = () => store.db.selectFrom('articles').selectAll().orderBy('id').execute()

test('without API_TOKEN and WEBHOOK_SECRET everything is closed, and says which setting opens it', async () => {
  const door = await openDoor(store, { apiToken: null, webhookSecret: null })
  for (const [method, path] of [
    ['GET', '/api/queue'],
    ['GET', '/api/articles'],
    ['POST', '/api/articles'],
    ['POST', '/api/deliveries/d1/retry'],
    ['GET', '/api/nowhere'],
  ] as const) {
    const { status, body } = await door.ask(method, path, { headers: bearer })
    expect([status, body.error?.kind, body.error?.setting]).toEqual([
      403,
      'setting-needed',
      'API_TOKEN',
    ])
    expect(body.error?.message).toContain('API_TOKEN')
  }
  const { status, body } = await door.sign('/api/articles', { url })
  expect([status, body.error?.setting]).toEqual([403, 'WEBHOOK_SECRET'])
  expect(await rows()).toEqual([])
})

test('only the token opens the API; a refusal leaves one line, and no secret in it', async () => {
  const door = await openDoor(store)
  const wrong = [
    '',
    'Bearer',
    `Bearer ${token}x`,
    `Bearer ${token} x`,
    `Basic ${btoa(token)}`,
    token,
  ]
  for (const authorization of wrong) {
    const { status, headers, body } = await door.ask('GET', '/api/queue?a=b', {
      headers: { authorization },
    })
    expect([status, body.error?.kind]).toEqual([401, 'token-wrong'])
    expect(headers.get('www-authenticate')).toBe('Bearer realm="crieur"')
  }
  expect((await door.ask('GET', '/api/queue')).status).toBe(401)
  expect(door.logged).toHaveLength(wrong.length + 1)
  for (const line of door.logged) {
    expect(line).toMatch(
      / warn request refused method=GET path=\/api\/queue status=401 reason=token-wrong$/,
    )
  }
  expect(
    (await door.ask('GET', '/api/queue', { headers: { authorization: `bearer ${token}` } })).status,
  ).toBe(200)
})

test('a signature opens POST /api/articles and nothing else', async () => {
  const door = await openDoor(store, { apiToken: null })
  expect((await door.sign('/api/articles', { url })).status).toBe(202)
  expect((await door.ask('POST', '/api/articles', { body: '{}' })).body.error?.kind).toBe(
    'signature-missing',
  )
  const headers = signedHeaders('', 'msg_get', store.clock())
  expect((await door.ask('GET', '/api/articles', { headers })).status).toBe(403)
})

test('an address alone is taken in: 202 with its id and where to follow it, and it is read at once', async () => {
  const door = await openDoor(store)
  const { status, headers, body } = await door.post('/api/articles', { url })
  expect(status).toBe(202)
  expect(body).toMatchObject({
    id: 'a1',
    url,
    title: '',
    state: 'heard',
    deliveries: [],
    follow: '/api/articles/a1',
  })
  expect(headers.get('location')).toBe('/api/articles/a1')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(await rows()).toMatchObject([{ id: 1, url, via: 'api', state: 'heard' }])
  expect(door.woken).toMatchObject([{ name: 'read', payload: { article: 1 } }])
  expect((await door.get('/api/articles/a1')).body).toMatchObject({ id: 'a1', state: 'heard' })
})

test('the same article again, however it is spelled, keeps its id', async () => {
  const door = await openDoor(store)
  const first = await door.post('/api/articles', { url })
  for (const other of [
    url,
    `${url}?utm_source=x#top`,
    url.replace('https', 'http'),
    url.replace('journal', 'www.journal'),
  ]) {
    const again = await door.post('/api/articles', { url: other })
    expect([again.status, again.body.id]).toEqual([202, first.body.id])
  }
  expect(await rows()).toHaveLength(1)
})

test('one that was announced is told as it stands, and nothing is posted twice', async () => {
  const door = await openDoor(store)
  await seed(store, [{ platform: 'telegram', state: 'published', url: 'https://t.me/echo/42' }])
  await store.db
    .insertInto('article_keys')
    .values({ key: 'url:127.0.0.1:4001/2026/02/le-canal', article_id: 1 })
    .execute()
  const { status, body } = await door.post('/api/articles', { url: article.url })
  expect([status, body.id, body.state]).toEqual([202, 'a1', 'ready'])
  expect(body.deliveries).toMatchObject([
    {
      id: 'd1',
      article: 'a1',
      platform: 'telegram',
      state: 'published',
      url: 'https://t.me/echo/42',
    },
  ])
  expect(door.woken).toEqual([])
})

test('a whole article is kept as it was given', async () => {
  const door = await openDoor(store)
  const given = {
    url,
    title: 'Le moulin',
    excerpt: 'La roue tourne.',
    tags: ['moulins'],
    publishedAt: '2026-02-04T09:12:00+01:00',
  }
  expect((await door.post('/api/articles', given)).status).toBe(202)
  const [row] = await rows()
  expect(row?.given).toEqual({ ...given, publishedAt: '2026-02-04T08:12:00.000Z' })
})

test('a signed message acts once, whatever it says the second time', async () => {
  const door = await openDoor(store)
  const first = await door.sign('/api/articles', { url }, { id: 'msg_same' })
  const second = await door.sign('/api/articles', { url: `${url}other/` }, { id: 'msg_same' })
  expect([second.status, second.body.id]).toEqual([202, first.body.id])
  expect(await rows()).toHaveLength(1)
})

test.each<[unknown, string, string]>([
  [{}, 'url', 'field-missing'],
  [{ url: 'journal.example' }, 'url', 'field-invalid'],
  [{ url: 'ftp://journal.example/a' }, 'url', 'field-invalid'],
  [{ url: 7 }, 'url', 'field-invalid'],
  [{ url: `https://journal.example/${'x'.repeat(5000)}` }, 'url', 'field-invalid'],
  [{ url, tite: 'x' }, 'tite', 'field-unknown'],
  [{ url, tags: 'moulins' }, 'tags', 'field-invalid'],
  [{ url, image: { alt: 'x' } }, 'image.url', 'field-missing'],
  [{ url, publishedAt: 'yesterday' }, 'publishedAt', 'field-invalid'],
  [{ url, title: 'x'.repeat(5001) }, 'title', 'field-invalid'],
  [[url], 'article', 'field-invalid'],
  ['https://journal.example/', 'article', 'field-invalid'],
  [{ url: 'https://journal.example/' }, 'url', 'not-an-article'],
])('%j is refused, naming %s', async (given, field, kind) => {
  const door = await openDoor(store)
  const { status, body } = await door.post('/api/articles', given)
  expect([status, body.error?.field, body.error?.kind]).toEqual([400, field, kind])
  expect(await rows()).toEqual([])
})

test.each([
  'http://127.0.0.1/a',
  'http://10.1.2.3/a',
  'http://192.168.0.9:8080/a',
  'http://169.254.169.254/latest/',
  'http://[::1]/a',
  'http://[::ffff:10.0.0.1]/a',
  'http://0x7f.1/a',
  'http://2130706433/a',
  'http://localhost/a',
  'http://blog.localhost./a',
])('%s is private and refused, naming the setting that allows it', async (address) => {
  const door = await openDoor(store)
  const { status, body } = await door.post('/api/articles', { url: address })
  expect([status, body.error?.kind, body.error?.field]).toEqual([400, 'address-private', 'url'])
  expect(body.error?.setting).toBe('ALLOW_PRIVATE_SOURCES')
  const open = await openDoor(store, { allowPrivateSources: true })
  expect((await open.post('/api/articles', { url: address })).status).toBe(202)
})

test('the sandbox’s own site may be named, though it is on this machine', async () => {
  const open = await openDoor(store)
  expect((await open.post('/api/articles', { url: article.url })).status).toBe(202)
  const real = await openDoor(store, {}, false)
  expect((await real.post('/api/articles', { url: article.url })).status).toBe(400)
})

test('what is no JSON is refused; JSON of any content type is taken', async () => {
  const door = await openDoor(store)
  for (const body of ['', 'url=https://journal.example/a', '{"url":', '<a>']) {
    const answered = await door.ask('POST', '/api/articles', { headers: bearer, body })
    expect([answered.status, answered.body.error?.kind]).toEqual([400, 'json-invalid'])
  }
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'nonsense']) {
    const headers = { ...bearer, 'content-type': type }
    const body = JSON.stringify({ url })
    expect((await door.ask('POST', '/api/articles', { headers, body })).status).toBe(202)
  }
})

test('more than 1 MB is refused, announced or not, and leaves a line', async () => {
  const door = await openDoor(store)
  const body = JSON.stringify({ url, content: 'x'.repeat(1_100_000) })
  const length = { 'content-length': String(body.length) }
  for (const headers of [{ ...bearer, ...length }, bearer]) {
    const { status, body: said } = await door.ask('POST', '/api/articles', { headers, body })
    expect([status, said.error?.kind]).toEqual([413, 'body-too-large'])
  }
  expect(door.logged.filter((line) => line.includes('status=413'))).toHaveLength(2)
  expect(await rows()).toEqual([])
})

test('an address or an id as long as can be is known again', async () => {
  const door = await openDoor(store)
  const long = randomBytes(2400).toString('hex')
  for (const given of [{ url: `${url}${long}/` }, { url: `${url}x/`, id: long }]) {
    const first = await door.post('/api/articles', given)
    expect(first.status).toBe(202)
    expect((await door.post('/api/articles', given)).body.id).toBe(first.body.id)
  }
  expect(await rows()).toHaveLength(2)
})

test('signs that no database keeps do no harm', async () => {
  const door = await openDoor(store)
  const body = String.raw`{"url":"${url}","title":"a\u0000b\ud800c","content":"d\u0000e\udfff"}`
  const { status } = await door.ask('POST', '/api/articles', { headers: bearer, body })
  expect(status).toBe(202)
})

test('the list is newest first, in pages, without the texts', async () => {
  const door = await openDoor(store)
  for (const number of [1, 2, 3, 4, 5])
    await door.post('/api/articles', { url: `${url}${number}/` })
  const first = await door.get('/api/articles?limit=2')
  expect(first.body.articles?.map(({ id }) => id)).toEqual(['a5', 'a4'])
  const second = await door.get(String(first.body.next))
  expect(second.body.articles?.map(({ id }) => id)).toEqual(['a3', 'a2'])
  const last = await door.get(String(second.body.next))
  expect([last.body.articles?.map(({ id }) => id), last.body.next]).toEqual([['a1'], null])
  expect((await door.get('/api/articles?before=a3&limit=100')).body.articles).toHaveLength(2)
})

test.each([
  ['limit=0', 'limit'],
  ['limit=101', 'limit'],
  ['limit=x', 'limit'],
  ['limit=-1', 'limit'],
  ['before=12', 'before'],
  ['before=d3', 'before'],
])('a list asked for with %s is refused, naming it', async (query, field) => {
  const door = await openDoor(store)
  const { status, body } = await door.get(`/api/articles?${query}`)
  expect([status, body.error?.field]).toEqual([400, field])
})

test('an article is found by its id and by its address in any spelling', async () => {
  const door = await openDoor(store)
  await door.post('/api/articles', { url: 'https://journal.example/2026/%C3%A9t%C3%A9/?a=1&b=2' })
  const addresses = [
    'https://journal.example/2026/%C3%A9t%C3%A9/?a=1&b=2',
    'http://www.journal.example/2026/été?b=2&a=1&utm_medium=x',
  ]
  for (const id of ['a1', ...addresses.map(encodeURIComponent)]) {
    const { status, body } = await door.get(`/api/articles/${id}`)
    expect([status, body.id]).toEqual([200, 'a1'])
  }
})

test('what does not exist is 404, what is no id 400, a wrong method 405', async () => {
  const door = await openDoor(store)
  const known = async (path: string) => {
    const { status, body } = await door.get(path)
    return [status, body.error?.kind]
  }
  expect(await known('/api/articles/a99')).toEqual([404, 'unknown-id'])
  expect(await known('/api/deliveries/d99')).toEqual([404, 'unknown-id'])
  expect(await known(`/api/articles/${encodeURIComponent(url)}`)).toEqual([404, 'unknown-address'])
  expect(await known('/api/articles/12')).toEqual([400, 'usage-id'])
  expect(await known('/api/articles/%00')).toEqual([400, 'usage-id'])
  expect(await known('/api/nowhere')).toEqual([404, 'nothing-here'])
  expect(await known('/api')).toEqual([404, 'nothing-here'])
  const wrong = await door.ask('DELETE', '/api/articles', { headers: bearer })
  expect([wrong.status, wrong.body.error?.kind, wrong.headers.get('allow')]).toEqual([
    405,
    'method-wrong',
    'POST, GET, HEAD',
  ])
})

test('no web page elsewhere is let in: no CORS, no other Host', async () => {
  const door = await openDoor(store)
  const preflight = await door.ask('OPTIONS', '/api/articles', {
    headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
  })
  expect(preflight.status).not.toBe(204)
  const answered = await door.ask('GET', '/api/queue', {
    headers: { ...bearer, origin: 'https://evil.example' },
  })
  expect(
    [...preflight.headers.keys(), ...answered.headers.keys()].filter((name) =>
      name.startsWith('access-control'),
    ),
  ).toEqual([])
  const rebound = await door.ask('GET', '/api/queue', {
    headers: { ...bearer, host: 'evil.example' },
  })
  expect([rebound.status, rebound.body.error?.kind, rebound.body.error?.setting]).toEqual([
    421,
    'host-refused',
    'PUBLIC_URL',
  ])
  expect(door.logged.at(-1)).toContain('path=/api/queue status=421 reason=host-refused')
})

test('the queue tells accounts, what comes next and what needs a person', async () => {
  const door = await openDoor(store)
  await seed(store, [
    { platform: 'telegram', state: 'pending' },
    { platform: 'mastodon', state: 'held' },
  ])
  const { status, body } = await door.get('/api/queue')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    accounts: [
      { account: 'telegram', states: [{ state: 'pending', count: 1 }] },
      { account: 'mastodon' },
    ],
    next: [{ id: 'd1', account: 'telegram' }],
    sources: [],
    notices: [],
  })
})

test('counts are told by account and by article, and a wrong wish is refused by its name', async () => {
  const door = await openDoor(store)
  await seed(store, [{ platform: 'telegram', state: 'published' }])
  expect(JSON.parse((await door.get('/api/stats?since=all')).text)).toMatchObject([
    { account: 'telegram', posts: 1, likes: null },
  ])
  expect(JSON.parse((await door.get('/api/stats?by=article&since=all')).text)).toMatchObject([
    { article: 'a1', title: article.title },
  ])
  for (const [query, field] of [
    ['by=hour', 'by'],
    ['since=soon', 'since'],
  ]) {
    const { status, body } = await door.get(`/api/stats?${query}`)
    expect([status, body.error?.field]).toEqual([400, field])
  }
})

test('refusals speak the configured language', async () => {
  const door = await openDoor(store, { locale: 'fr' })
  const { body } = await door.post('/api/articles', {})
  expect(body.error?.message).toBe('Il manque url.')
})

test('what goes wrong in Crieur itself is told without a trace of how', async () => {
  const door = await openDoor(store)
  const rename = (from: string, to: string) =>
    store.db.schema.alterTable(from).renameTo(to).execute()
  await rename('article_keys', 'elsewhere')
  const { status, body, text } = await door.post('/api/articles', { url })
  await rename('elsewhere', 'article_keys')
  expect([status, body.error?.kind]).toEqual([500, 'answer-failed'])
  expect(text).not.toMatch(/article_keys|\.ts|at /)
  expect(door.logged.join()).toContain('article_keys')
})
