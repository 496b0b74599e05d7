import { afterAll, beforeAll, expect, test } from 'vitest'
import { deliveries } from '../../src/deliveries/view.ts'
import { countDue } from '../../src/engagement/round.ts'
import { latestCounts, series } from '../../src/engagement/stats.ts'
import { type Newsroom, openNewsroom } from '../support/newsroom.ts'
import { happens } from '../support/readers.ts'
import { type Server, temporaryServer } from '../support/store.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE

let server: Server
beforeAll(async () => {
  server = await temporaryServer()
})
afterAll(() => server[Symbol.asyncDispose]())

/** Published articles, with their deliveries' numbers and their messages'. */
async function published(room: Newsroom, count: number) {
  const articles: number[] = []
  for (let at = 0; at < count; at += 1) {
    articles.push(await room.announce())
    await room.publish()
    room.later(3)
  }
  const all = await Promise.all(articles.map((article) => room.only(article)))
  const ids = room.standIn.posts().map(({ id }) => id)
  return all.map(({ id }, at) => ({ delivery: Number(id.slice(1)), message: ids[at] ?? '' }))
}

const pages = (room: Newsroom) =>
  room.standIn.seen().filter(({ method }) => method === 'GET').length

test('views and reactions of a channel come from its public page, rounded where it rounds', async () => {
  await using room = await openNewsroom(server, 'telegram')
  const [first, second] = await published(room, 2)
  if (!first || !second) throw new Error('not published')
  const shown = async ({ delivery }: typeof first) =>
    (await latestCounts(room.store.db, [delivery])).get(delivery)
  const { standIn } = room
  await happens(standIn, 'view', { id: first.message, views: 1234 })
  await happens(standIn, 'react', { id: first.message, reactions: [{ emoji: '👍', count: 3 }] })
  room.later(5 * MINUTE)
  expect(await countDue(room.means, room.account)).toMatchObject({ ended: 'done' })
  expect(await shown(first)).toMatchObject({ views: 1230, likes: 3, rounded: ['views'] })
  expect(await shown(second)).toMatchObject({ views: 1, likes: 0, replies: null, rounded: [] })
  expect(pages(room)).toBe(1)

  standIn.fault({ kind: 'answer', path: '/s/', status: 200, body: '<h1>Parked</h1>', times: 3 })
  standIn.fault({ kind: 'answer', path: 'embed', status: 200, body: '<h1>Parked</h1>', times: 2 })
  room.later(10 * MINUTE)
  await countDue(room.means, room.account)
  standIn.fault({ kind: 'answer', path: '/s/', status: 503, body: 'later' })
  room.later(45 * MINUTE)
  expect(await countDue(room.means, room.account)).toMatchObject({ ended: 'put off' })
  expect(await shown(first)).toMatchObject({ views: 1230, likes: 3 })

  await happens(standIn, 'remove', { id: first.message })
  await happens(standIn, 'view', { id: second.message, views: 40 })
  room.later(2 * HOUR)
  for (let round = 0; round < 3; round += 1) {
    await countDue(room.means, room.account)
    room.later(MINUTE)
  }
  const states = (await deliveries(room.store.db, {})).map(({ id, state }) => `${id} ${state}`)
  expect(states.toSorted()).toEqual([`d${first.delivery} deleted`, `d${second.delivery} published`])
  expect(await series(room.store.db, first.delivery)).toMatchObject([{ views: 1230, likes: 3 }])
  expect(await series(room.store.db, second.delivery)).toMatchObject([{ views: 1 }, { views: 40 }])
})
