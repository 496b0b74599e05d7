import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { hear } from '../../../src/articles/ledger.ts'
import { keysOf } from '../../../src/articles/identity.ts'
import type { Store } from '../../../src/store/store.ts'
import { bearer, clear, openDoor, secret, signedHeaders } from './ask.ts'
import { openHouse, seed } from './house.ts'

let house: Awaited<ReturnType<typeof openHouse>>
let store: Store
beforeAll(async () => {
  house = await openHouse()
  store = house.store
})
afterEach(() => clear(store))
afterAll(() => house.close())

const site = 'https://journal.example/'
const url = `${site}2026/02/le-moulin/`
const path = '/hooks/wordpress'
const notice = {
  event: 'publish',
  site,
  id: 4,
  url,
  status: 'publish',
  type: 'post',
  password: false,
  title: 'Le moulin',
}
const rows = () => store.db.selectFrom('articles').selectAll().orderBy('id').execute()
const ago = (hours: number) => new Date(store.clock().getTime() - hours * 3_600_000).toISOString()

test('a signed notice is in the ledger before the answer, and read two seconds later', async () => {
  const door = await openDoor(store)
  const before = store.clock()
  const { status, body, headers } = await door.sign(path, notice)
  expect(status).toBe(202)
  expect(body).toMatchObject({ id: 'a1', url, title: 'Le moulin', state: 'heard', deliveries: [] })
  expect([body.follow, headers.get('location')]).toEqual(['/api/articles/a1', '/api/articles/a1'])
  expect(headers.get('cache-control')).toBe('no-store')
  const [row] = await rows()
  expect(row).toMatchObject({ url, via: 'hook', state: 'heard' })
  const wait = (row?.due_at?.getTime() ?? 0) - before.getTime()
  expect(wait).toBeGreaterThanOrEqual(2000)
  expect(wait).toBeLessThan(5000)
  expect(door.woken).toMatchObject([{ name: 'read', payload: { article: 1 } }])
})

test('without WEBHOOK_SECRET nothing is taken, and the setting is named', async () => {
  const door = await openDoor(store, { webhookSecret: null })
  const { status, body } = await door.sign(path, notice)
  expect([status, body.error?.kind, body.error?.setting]).toEqual([
    403,
    'setting-needed',
    'WEBHOOK_SECRET',
  ])
  expect(door.logged).toHaveLength(1)
  expect(await rows()).toEqual([])
})

test('missing, forged, altered and old signatures are refused, each with one line in the log', async () => {
  const door = await openDoor(store)
  const body = JSON.stringify(notice)
  const now = store.clock()
  const good = signedHeaders(body, 'msg_1', now)
  const away = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
  const attempts = [
    ['signature-missing', {}, body],
    ['signature-missing', bearer, body],
    ['signature-missing', { 'webhook-id': 'msg_1', 'webhook-timestamp': '1' }, body],
    ['signature-wrong', signedHeaders(body, 'msg_1', now, secret.toReversed()), body],
    ['signature-wrong', { ...good, 'webhook-id': 'msg_2' }, body],
    ['signature-wrong', { ...good, 'webhook-signature': 'v1,AAAA' }, body],
    ['signature-wrong', good, body.replace('le-moulin', 'le-malin')],
    ['signature-old', signedHeaders(body, 'msg_1', away(-6)), body],
    ['signature-old', signedHeaders(body, 'msg_1', away(6)), body],
  ] as const
  for (const [kind, headers, sent] of attempts) {
    const answered = await door.ask('POST', path, { headers, body: sent })
    expect([answered.status, answered.body.error?.kind]).toEqual([401, kind])
    expect(answered.headers.get('www-authenticate')).toContain('Signature')
    expect(door.logged.at(-1)).toMatch(
      new RegExp(`request refused method=POST path=/hooks/wordpress status=401 reason=${kind}$`),
    )
  }
  expect(door.logged).toHaveLength(attempts.length)
  expect(door.logged.join()).not.toMatch(/v1,|msg_/)
  expect(await rows()).toEqual([])
})

test('a message acts once: captured and sent again it gets the same answer and does nothing', async () => {
  const door = await openDoor(store)
  const first = await door.sign(path, notice, { id: 'msg_once' })
  const again = await door.sign(path, { ...notice, id: 5, url: `${url}2/` }, { id: 'msg_once' })
  expect([again.status, again.body]).toEqual([202, first.body])
  door.clock.aheadMs = 7 * 3_600_000
  const later = await door.sign(path, notice, { id: 'msg_once' })
  expect([later.status, later.body]).toEqual([202, first.body])
  expect(await rows()).toHaveLength(1)
  expect(door.woken).toHaveLength(1)
})

test('one that was captured is no use after five minutes', async () => {
  const door = await openDoor(store)
  const at = store.clock()
  await door.sign(path, notice, { id: 'msg_old', at })
  door.clock.aheadMs = 301_000
  const { status, body } = await door.sign(path, notice, { id: 'msg_old', at })
  expect([status, body.error?.kind]).toEqual([401, 'signature-old'])
})

test('200 notices at once are all answered 202, each article once', async () => {
  const door = await openDoor(store)
  const numbers = Array.from({ length: 200 }, (_, number) => number)
  const begun = performance.now()
  const answers = await Promise.all(
    numbers.map((number) =>
      door.sign(path, { ...notice, id: number + 1, url: `${url}${number}/` }),
    ),
  )
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(200)
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(200)
  expect(await rows()).toHaveLength(200)
  expect(performance.now() - begun).toBeLessThan(10_000)
})

test('200 notices of one article at once are one article', async () => {
  const door = await openDoor(store)
  const answers = await Promise.all(Array.from({ length: 200 }, () => door.sign(path, notice)))
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`))).toEqual(
    new Set(['202 a1']),
  )
  expect(await rows()).toHaveLength(1)
})

test('an article known from the baseline stays known, published or updated', async () => {
  const door = await openDoor(store)
  const known = {
    url,
    keys: keysOf({ addresses: [url] }),
    via: 'feed',
    source: null,
    hint: null,
  } as const
  await store.db
    .transaction()
    .execute((tx) => hear(tx, { ...known, state: 'known', dueAt: null }, store.clock()))
  for (const event of ['publish', 'update']) {
    const { status, body } = await door.sign(path, { ...notice, event })
    expect([status, body.id, body.state]).toEqual([202, 'a1', 'known'])
  }
  expect(door.woken).toEqual([])
})

test('an update of what was published before we came is no news; of what came after, it is read again', async () => {
  const door = await openDoor(store)
  await door.sign(path, notice)
  const old = { ...notice, event: 'update', id: 5, url: `${url}old/`, publishedAt: ago(48) }
  expect((await door.sign(path, old)).body.state).toBe('known')
  await store.db
    .updateTable('articles')
    .set({ state: 'ready', due_at: null })
    .where('id', '=', 1)
    .execute()
  expect((await door.sign(path, { ...notice, event: 'update' })).body).toMatchObject({
    id: 'a1',
    state: 'ready',
  })
  const [row] = await rows()
  expect(row?.reread_at).not.toBeNull()
  expect(door.woken).toHaveLength(2)
})

test('a trash cancels what has not gone out yet and leaves what stands', async () => {
  const door = await openDoor(store)
  await seed(store, [
    { platform: 'telegram', state: 'pending', drafts: [] },
    { platform: 'bluesky', state: 'held', drafts: [] },
    { platform: 'mastodon', state: 'published' },
  ])
  await store.db
    .insertInto('article_keys')
    .values({ key: 'wp:journal.example:4', article_id: 1 })
    .execute()
  const { status, body } = await door.sign(path, { ...notice, event: 'trash', status: 'trash' })
  expect([status, body.id, body.state]).toEqual([202, 'a1', 'withdrawn'])
  expect(body.deliveries?.map(({ state }) => state)).toEqual(['canceled', 'canceled', 'published'])
})

test.each([
  { status: 'draft' },
  { status: 'pending' },
  { status: 'private' },
  { status: 'future' },
  { status: 'auto-draft' },
  { password: true },
  { type: 'revision' },
  { type: 'attachment' },
  { type: 'nav_menu_item' },
  { type: 'wp_block' },
])('%j is no article: it is never read, and withdrawn where it was heard', async (changes) => {
  const door = await openDoor(store)
  const first = await door.sign(path, { ...notice, ...changes })
  expect([first.status, first.body.state]).toEqual([202, 'withdrawn'])
  expect(door.woken).toEqual([])
  await door.sign(path, { ...notice, id: 9, url: `${url}9/` })
  const gone = await door.sign(path, {
    ...notice,
    id: 9,
    url: `${url}9/`,
    event: 'update',
    ...changes,
  })
  expect(gone.body).toMatchObject({ id: 'a2', state: 'withdrawn' })
})

test('the site’s number knows an article whatever its address, in a site in a folder too', async () => {
  const door = await openDoor(store)
  const folder = 'https://journal.example/blog'
  const first = await door.sign(path, { ...notice, site: folder, url: `${folder}/le-moulin/` })
  const moved = { ...notice, site: `${folder}/?x#y`, url: `${folder}/le-moulin-rouge/` }
  expect((await door.sign(path, moved)).body.id).toBe(first.body.id)
  const keys = await store.db.selectFrom('article_keys').select('key').execute()
  expect(keys).toContainEqual({ key: 'wp:journal.example/blog:4' })
})

test.each<[object, string, string]>([
  [{ event: 'delete' }, 'event', 'field-invalid'],
  [{ site: 'journal.example' }, 'site', 'field-invalid'],
  [{ site: `${site}${'x'.repeat(1000)}/` }, 'site', 'field-invalid'],
  [{ id: '4' }, 'id', 'field-invalid'],
  [{ id: 4.5 }, 'id', 'field-invalid'],
  [{ id: 0 }, 'id', 'field-invalid'],
  [{ url: 'javascript:alert(1)' }, 'url', 'field-invalid'],
  [{ url: 'https://other.example/a/' }, 'url', 'hook-foreign'],
  [{ url: 'https://journal.example.evil.example/a/' }, 'url', 'hook-foreign'],
  [{ url: 'https://journal.example@evil.example/a/' }, 'url', 'hook-foreign'],
  [{ site: 'http://10.0.0.1/', url: 'http://10.0.0.1/a/' }, 'url', 'address-private'],
  [{ publishedAt: '0000-00-00 00:00:00' }, 'publishedAt', 'field-invalid'],
  [{ password: 'yes' }, 'password', 'field-invalid'],
])('a notice with %j is refused, naming %s', async (changes, field, kind) => {
  const door = await openDoor(store)
  const { status, body } = await door.sign(path, { ...notice, ...changes })
  expect([status, body.error?.field, body.error?.kind]).toEqual([400, field, kind])
  expect(await rows()).toEqual([])
})

test.each(['event', 'site', 'id', 'url'])(
  'a notice without %s is refused, naming it',
  async (name) => {
    const door = await openDoor(store)
    const { status, body } = await door.sign(path, { ...notice, [name]: undefined })
    expect([status, body.error?.field, body.error?.kind]).toEqual([400, name, 'field-missing'])
  },
)

test('a title is told as plain text, whatever it holds', async () => {
  const door = await openDoor(store)
  const title = `\u001b[31m<b>Le\u0000 moulin</b>\u202e\n${'x'.repeat(4000)}`
  const { body } = await door.sign(path, { ...notice, title })
  expect(body['title']).toBe(`[31m<b>Le moulin</b> ${'x'.repeat(4000)}`)
})

test('further fields are no matter, and a refused message may be mended and sent again', async () => {
  const door = await openDoor(store)
  expect((await door.sign(path, { ...notice, id: -1 }, { id: 'msg_mended' })).status).toBe(400)
  const { status } = await door.sign(path, { ...notice, plugin: '1.2' }, { id: 'msg_mended' })
  expect(status).toBe(202)
})

test('other methods and other sites’ hooks are not there', async () => {
  const door = await openDoor(store)
  const got = await door.ask('GET', path)
  expect([got.status, got.headers.get('allow'), got.body.error?.kind]).toEqual([
    405,
    'POST',
    'method-wrong',
  ])
  expect((await door.sign('/hooks/ghost', notice)).status).toBe(404)
  const large = { ...notice, title: 'x'.repeat(1_100_000) }
  expect((await door.sign(path, large)).status).toBe(413)
})
