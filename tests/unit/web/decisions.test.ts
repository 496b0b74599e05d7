import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Store } from '../../../src/store/store.ts'
import { clear, openDoor } from './ask.ts'
import { openHouse, seed } from './house.ts'

let house: Awaited<ReturnType<typeof openHouse>>
let store: Store
beforeAll(async () => {
  house = await openHouse()
  store = house.store
})
afterEach(() => clear(store))
afterAll(() => house.close())

const decisions = () => store.db.selectFrom('decisions').selectAll().orderBy('id').execute()
const states = async () =>
  (await store.db.selectFrom('deliveries').select('state').orderBy('id').execute()).map(
    ({ state }) => state,
  )
const version = async (id: number) => {
  const row = await store.db
    .selectFrom('deliveries')
    .select('version')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return row.version
}

test('a held post is approved: 200 with the delivery as it is now, kept as a decision, and it goes out', async () => {
  const door = await openDoor(store)
  await seed(store, [{ platform: 'telegram', state: 'held' }])
  const { status, body } = await door.post('/api/deliveries/d1/approve', {
    version: await version(1),
  })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    id: 'd1',
    state: 'pending',
    decisions: [{ kind: 'approve', who: 'API', door: 'api', from: 'held', to: 'pending' }],
  })
  expect(door.woken).toMatchObject([{ name: 'publish', queue: 'telegram' }])
  expect((await door.get('/api/deliveries/d1')).body).toEqual(body)
})

test('a body may be missing where the address says it all', async () => {
  const door = await openDoor(store)
  await seed(store, [{ platform: 'telegram', state: 'failed' }])
  expect((await door.post('/api/deliveries/d1/retry')).body.state).toBe('pending')
  expect((await door.post('/api/deliveries/d1/cancel', {})).body.state).toBe('canceled')
})

test('an article’s id stands for all its deliveries; its version is their sum', async () => {
  const door = await openDoor(store)
  await seed(store, [
    { platform: 'telegram', state: 'held' },
    { platform: 'bluesky', state: 'held' },
    { platform: 'mastodon', state: 'published' },
  ])
  const seen = (await door.get('/api/articles/a1')).body.version
  expect((await door.post('/api/deliveries/a1/cancel', { version: 99 })).status).toBe(409)
  const { status, body } = await door.post('/api/deliveries/a1/cancel', { version: seen })
  expect([status, body.deliveries?.map(({ state }) => state)]).toEqual([
    200,
    ['canceled', 'canceled', 'published'],
  ])
})

test('what has changed since it was seen is refused, shows what it is now, and who decided', async () => {
  const door = await openDoor(store)
  await seed(store, [{ platform: 'telegram', state: 'held' }])
  const seen = await version(1)
  await door.post('/api/deliveries/d1/approve', { version: seen })
  const { status, body } = await door.post('/api/deliveries/d1/cancel', { version: seen })
  expect([status, body.error?.kind]).toEqual([409, 'decision-changed'])
  expect(body.error?.message).toContain('API')
  expect(body.delivery).toMatchObject({ id: 'd1', state: 'pending', version: seen + 1 })
  expect(body.decision).toMatchObject({ kind: 'approve', who: 'API', door: 'api' })
  expect(await states()).toEqual(['pending'])
})

test('what stands is taken down at its account’s turn: until then it is told as a change', async () => {
  const door = await openDoor(store)
  await seed(store, [
    { platform: 'telegram', state: 'published' },
    { platform: 'bluesky', state: 'held' },
  ])
  const { status, body } = await door.post('/api/deliveries/a1/delete')
  expect(status).toBe(200)
  expect(body.deliveries).toMatchObject([
    { state: 'published', change: { kind: 'delete', state: 'waiting', error: null } },
    { state: 'held', change: null },
  ])
  expect(door.woken).toMatchObject([{ name: 'publish', queue: 'telegram' }])
  expect(await decisions()).toMatchObject([{ kind: 'delete', who: 'API', delivery_id: 1 }])
  const again = await door.post('/api/deliveries/d1/delete', { version: await version(1) })
  expect([again.status, again.body.error?.kind]).toEqual([409, 'decision-unfit'])
  const kept = await door.post('/api/deliveries/d1/cancel')
  expect(kept.body).toMatchObject({ state: 'published', change: null })
})

test('a refused change says why, is tried again, or is given up', async () => {
  const door = await openDoor(store)
  await seed(store, [{ platform: 'telegram', state: 'published' }])
  const refused = {
    change_kind: 'edit' as const,
    change_state: 'failed' as const,
    change_error: JSON.stringify({ kind: 'rejected', reason: 'message is too old' }),
  }
  await store.db.updateTable('deliveries').set(refused).execute()
  expect((await door.get('/api/deliveries/d1')).body.change).toMatchObject({
    kind: 'edit',
    state: 'failed',
    error: { kind: 'rejected', message: expect.stringContaining('message is too old') },
  })
  const { body } = await door.post('/api/deliveries/d1/retry')
  expect(body).toMatchObject({ state: 'published', change: { state: 'waiting', error: null } })
})

test('what does not fit is refused: nothing is approved that is published', async () => {
  const door = await openDoor(store)
  await seed(store, [{ platform: 'telegram', state: 'published' }])
  for (const kind of ['approve', 'retry', 'cancel']) {
    const { status, body } = await door.post(`/api/deliveries/d1/${kind}`)
    expect([status, body.error?.kind, body.delivery?.state, body.decision]).toEqual([
      409,
      'decision-unfit',
      'published',
      null,
    ])
  }
  expect(await decisions()).toEqual([])
})

test('two at once: one decides, the other is told who', async () => {
  const door = await openDoor(store)
  for (let id = 1; id <= 20; id += 1) {
    await seed(store, [{ platform: 'telegram', state: 'held' }])
    const seen = { version: await version(id) }
    const answers = await Promise.all([
      door.post(`/api/deliveries/d${id}/approve`, seen),
      door.post(`/api/deliveries/d${id}/cancel`, seen),
    ])
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]))
    const refused = answers.find(({ status }) => status === 409)
    expect(refused?.body.error?.kind).toBe('decision-changed')
    expect(refused?.body.decision).toMatchObject({ who: 'API', door: 'api' })
  }
  expect(await decisions()).toHaveLength(20)
})

test('uncertain: exactly one answer resolves it', async () => {
  const door = await openDoor(store)
  const uncertain = async () => {
    await seed(store, [{ platform: 'telegram', state: 'uncertain' }])
    await store.db.updateTable('deliveries').set({ due_at: null }).execute()
    await store.db
      .updateTable('accounts')
      .set({ identity: '-1001', url: 'https://t.me/echo_telegram' })
      .execute()
  }
  await uncertain()
  const path = '/api/deliveries/d1/resolve'
  for (const wrong of [
    {},
    { sendAgain: true, leave: true },
    { published: 'https://t.me/echo_telegram/42', leave: true },
  ]) {
    const { status, body } = await door.post(path, wrong)
    expect([status, body.error?.kind]).toEqual([400, 'resolve-one'])
  }
  for (const [wrong, field] of [
    [{ leave: false }, 'leave'],
    [{ published: 'here' }, 'published'],
    [{ published: 'https://other.example/42' }, 'published'],
    [{ sentAgain: true }, 'sentAgain'],
    [{ leave: true, version: 'x' }, 'version'],
  ] as const) {
    const { status, body } = await door.post(path, wrong)
    expect([status, body.error?.field]).toEqual([400, field])
  }
  expect((await door.post(path, { leave: true })).body.state).toBe('uncertain')
  expect(
    (await door.post(path, { published: 'https://t.me/echo_telegram/42' })).body,
  ).toMatchObject({
    state: 'published',
    url: 'https://t.me/echo_telegram/42',
  })
  await uncertain()
  expect((await door.post('/api/deliveries/d2/resolve', { sendAgain: true })).body.state).toBe(
    'pending',
  )
})

test('a flood is answered by its notice: the newest of it, once', async () => {
  const door = await openDoor(store)
  const source = await store.db
    .insertInto('sources')
    .values({
      url: 'https://journal.example/',
      kind: 'hook',
      configured: false,
      due_at: store.clock(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const notice = await store.db
    .insertInto('notices')
    .values({ kind: 'flood', source_id: source.id, raised_at: store.clock() })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (let number = 0; number < 4; number += 1) {
    await seed(store, [{ platform: 'telegram', state: 'held' }])
  }
  await store.db
    .updateTable('articles')
    .set({ notice_id: notice.id, source_id: source.id, due_at: store.clock() })
    .execute()
  await store.db.updateTable('deliveries').set({ held_for: 'flood' }).execute()
  const path = `/api/deliveries/n${notice.id}`
  expect((await door.get('/api/queue')).body).toMatchObject({
    notices: [
      {
        id: `n${notice.id}`,
        articles: 4,
        version: 4,
        message: '4 articles at once from journal.example',
      },
    ],
  })
  expect((await door.post(`${path}/approve`, { version: 3 })).body.error?.kind).toBe(
    'decision-late',
  )
  expect((await door.post(`${path}/retry`)).status).toBe(409)
  const { status, text } = await door.post(`${path}/approve`, { version: 4, newest: 1 })
  expect([status, JSON.parse(text).articles]).toEqual([200, { go: 1, skip: 3 }])
  expect((await states()).filter((state) => state === 'pending')).toHaveLength(1)
  const late = await door.post(`${path}/cancel`)
  expect([late.status, late.body.error?.kind, late.body.decision?.who]).toEqual([
    409,
    'decision-late',
    'API',
  ])
})

test('newest is for a flood only', async () => {
  const door = await openDoor(store)
  await seed(store, [{ platform: 'telegram', state: 'held' }])
  const path = '/api/deliveries/d1'
  const { status, body } = await door.post(`${path}/approve`, { newest: 3 })
  expect([status, body.error?.kind, body.error?.field]).toEqual([400, 'newest-elsewhere', 'newest'])
  expect((await door.post(`${path}/cancel`, { newest: 3 })).body.error?.field).toBe('newest')
})

test('ids that are none, or nobody bears, and other methods', async () => {
  const door = await openDoor(store)
  const asked = async (id: string) => {
    const { status, body } = await door.post(`/api/deliveries/${id}/retry`)
    return [status, body.error?.kind]
  }
  expect(await asked('d99')).toEqual([404, 'unknown-id'])
  expect(await asked('n99')).toEqual([404, 'unknown-id'])
  expect(await asked('99')).toEqual([400, 'usage-id'])
  expect(await asked(encodeURIComponent('https://journal.example/a'))).toEqual([
    404,
    'unknown-address',
  ])
  expect((await door.post('/api/deliveries/d1/delete')).status).toBe(404)
  expect((await door.get('/api/deliveries/d1/retry')).status).toBe(405)
  expect((await door.ask('POST', '/api/deliveries/d1/retry')).status).toBe(401)
})

test('while the queue is away nothing is decided', async () => {
  const door = await openDoor(store, {}, true, {
    queue: () => Promise.reject(new Error('no queue')),
  })
  await seed(store, [{ platform: 'telegram', state: 'held' }])
  const { status, body } = await door.post('/api/deliveries/d1/approve')
  expect([status, body.error?.kind]).toEqual([500, 'answer-failed'])
  expect(await states()).toEqual(['held'])
})
