import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundGone } from '../../src/deliveries/gone.ts'
import { countNow, enrol } from '../../src/engagement/due.ts'
import { unknownCounts } from '../../src/engagement/merge.ts'
import { record, recordReactions } from '../../src/engagement/record.ts'
import { latestCounts, series, stats } from '../../src/engagement/stats.ts'
import type { Counts } from '../../src/platforms/platform.ts'
import { type Newsroom, openNewsroom } from '../support/newsroom.ts'
import { publishedBefore } from '../support/readers.ts'
import { type Server, temporaryServer } from '../support/store.ts'

const DAY = 86_400

let server: Server
beforeAll(async () => {
  server = await temporaryServer()
})
afterAll(() => server[Symbol.asyncDispose]())

/** What a platform told of a delivery, kept as a round keeps it. */
async function told(room: Newsroom, id: number, counts: Partial<Counts>): Promise<void> {
  const { db, clock } = room.means
  const delivery = { id, publishedAt: clock() }
  await enrol(db, null, clock())
  await countNow(db, [id], clock())
  await db
    .transaction()
    .execute((tx) => record(tx, delivery, { ...unknownCounts, ...counts }, clock()))
}

const shown = async (room: Newsroom, id: number) =>
  (await latestCounts(room.store.db, [id])).get(id)

/** A Telegram post that stands, its channel and its message. */
async function inChannel(room: Newsroom) {
  const article = await room.announce()
  await room.publish()
  const { id } = await room.only(article)
  const { identity } = await room.store.db
    .selectFrom('accounts')
    .select('identity')
    .executeTakeFirstOrThrow()
  const message = room.standIn.posts().at(-1)?.id ?? ''
  return { delivery: Number(id.slice(1)), channel: identity ?? '', message }
}

test('reactions that Telegram tells by itself are kept exactly, and rounded ones do not blur them', async () => {
  await using room = await openNewsroom(server, 'telegram')
  const { delivery, channel, message } = await inChannel(room)
  const react = (likes: number, more = {}) =>
    recordReactions(room.store.db, { channel, message, likes, ...more }, room.means.clock())
  const about = { rounded: ['likes', 'views'] as const }

  await told(room, delivery, { likes: 1200, views: 55_200, ...about })
  expect(await shown(room, delivery)).toMatchObject({ likes: 1200, rounded: ['likes', 'views'] })
  room.later(1)
  expect(await react(1234)).toBe(true)
  expect(await shown(room, delivery)).toMatchObject({ likes: 1234, rounded: ['views'] })
  room.later(1)
  await told(room, delivery, { likes: 1200, views: 55_200, ...about })
  expect(await shown(room, delivery)).toMatchObject({ likes: 1234, rounded: ['views'] })
  room.later(1)
  await told(room, delivery, { likes: 1500, views: 55_200, ...about })
  expect(await shown(room, delivery)).toMatchObject({ likes: 1500, rounded: ['likes', 'views'] })
  const kept = await series(room.store.db, delivery)
  expect(kept.map(({ likes }) => likes)).toEqual([1200, 1234, 1500])
})

test('reactions before the first look, to another channel’s message, to one that is gone', async () => {
  await using room = await openNewsroom(server, 'telegram')
  const { delivery, channel, message } = await inChannel(room)
  const react = (likes: number, more = {}) =>
    recordReactions(room.store.db, { channel, message, likes, ...more }, room.means.clock())
  expect(await react(5, { channel: '-1009999999999' })).toBe(false)
  expect(await react(5, { message: '1' })).toBe(false)
  expect(await shown(room, delivery)).toMatchObject({ likes: null, countedAt: null })
  expect(await react(2)).toBe(true)
  expect(await react(2)).toBe(true) // the same update again changes nothing
  expect(await shown(room, delivery)).toMatchObject({ likes: 2, views: null })
  expect(await series(room.store.db, delivery)).toHaveLength(1)
  await enrol(room.store.db, room.account, room.means.clock())
  expect(await shown(room, delivery)).toMatchObject({ likes: 2 })
  await room.store.db.transaction().execute((tx) => foundGone(tx, delivery))
  expect(await react(9)).toBe(false)
  expect(await shown(room, delivery)).toMatchObject({ likes: 2 })
})

test('what is unknown stays unknown in sums, what fell is the newest, and only some time is told', async () => {
  await using room = await openNewsroom(server, 'mastodon')
  const at = (id: string) => ({ id, url: `https://social.example/@a/${id}` })
  const [old = 0] = await publishedBefore(room, [at('1')], 40 * DAY)
  const [one = 0, two = 0, three = 0] = await publishedBefore(
    room,
    [at('2'), at('3'), at('4')],
    DAY,
  )
  await told(room, old, { likes: 100 })
  await told(room, one, { likes: 5, reposts: 0 })
  room.later(1)
  await told(room, one, { likes: 3, reposts: 0 })
  await told(room, two, { likes: 4, views: 1200, rounded: ['views'] })
  expect((await shown(room, three))?.countedAt).toBeNull()

  const now = room.means.clock()
  const since = new Date(now.getTime() - 30 * DAY * 1000)
  const nothing = { replies: null, quotes: null }
  expect(await stats(room.store.db, { since, by: 'account' })).toMatchObject([
    {
      account: 'mastodon',
      posts: 3,
      likes: 7,
      reposts: 0,
      views: 1200,
      rounded: ['views'],
      ...nothing,
    },
  ])
  expect(await stats(room.store.db, { since: null, by: 'account' })).toMatchObject([
    { posts: 4, likes: 107 },
  ])
  const articles = await stats(room.store.db, { since, by: 'article' })
  expect(articles).toMatchObject([
    { title: 'Article 4', posts: 1, likes: null, countedAt: null },
    { title: 'Article 3', posts: 1, likes: 4, reposts: null, views: 1200 },
    { title: 'Article 2', posts: 1, likes: 3, reposts: 0, views: null, rounded: [] },
  ])
})

test('what stood before counting came gets its row too, but nothing older than a month', async () => {
  await using room = await openNewsroom(server, 'mastodon')
  await publishedBefore(room, [{ id: '1', url: null }], 31 * DAY)
  const [recent] = await publishedBefore(room, [{ id: '2', url: null }], 3 * DAY)
  await enrol(room.store.db, null, room.means.clock())
  const rows = await room.store.db.selectFrom('counts').select('delivery_id').execute()
  expect(rows.map(({ delivery_id }) => delivery_id)).toEqual([recent])
})
