import { afterAll, beforeAll, expect, test } from 'vitest'
import { failedDeliveries } from '../../src/deliveries/failed.ts'
import { noticeOverdue } from '../../src/deliveries/overdue.ts'
import { notices } from '../../src/notices/view.ts'
import type { DeliveryState } from '../../src/store/schema.ts'
import { type Newsroom, openNewsroom } from '../support/newsroom.ts'
import { type Server, temporaryServer } from '../support/store.ts'

const HOUR_MS = 3_600_000
const refused = JSON.stringify({ kind: 'rejected', reason: 'not this one' })

let server: Server
beforeAll(async () => {
  server = await temporaryServer()
})
afterAll(() => server[Symbol.asyncDispose]())

/** A delivery that stands like that; answers its article. */
async function stand(room: Newsroom, state: DeliveryState, more: object = {}): Promise<number> {
  const article = await room.announce()
  const values = { state, due_at: null, ...more }
  const { db } = room.store
  await db.updateTable('deliveries').set(values).where('article_id', '=', article).execute()
  return article
}

test('all that failed or was refused a change, and that nobody has given up, is answered at once', async () => {
  await using room = await openNewsroom(server, 'mastodon')
  const { db } = room.store
  const now = room.means.clock()
  const change = { change_kind: 'edit', change_state: 'failed', change_error: refused }
  const failed = await stand(room, 'failed', { error: refused })
  const changed = await stand(room, 'published', { ...change, change_first_due_at: now })
  await stand(room, 'failed', { left_at: now })
  await stand(room, 'published')
  await stand(room, 'canceled')
  const old = await stand(room, 'failed', { first_due_at: new Date(now.getTime() - HOUR_MS) })
  const idsOf = async (articles: number[]) =>
    Promise.all(articles.map(async (one) => Number((await room.only(one)).id.slice(1))))
  expect(await failedDeliveries(db)).toEqual(await idsOf([failed, changed, old]))
  const since = new Date(now.getTime() - HOUR_MS / 2)
  expect(await failedDeliveries(db, { since })).toEqual(await idsOf([failed, changed]))
  expect(await failedDeliveries(db, { account: 'telegram' })).toEqual([])
  expect(await failedDeliveries(db, { account: 'mastodon' })).toHaveLength(3)
  await db.updateTable('accounts').set({ configured: false }).execute()
  expect(await failedDeliveries(db)).toEqual([])
})

test('a change that could be made and that nobody tries is overdue, as a post is', async () => {
  await using room = await openNewsroom(server, 'mastodon')
  const article = await room.announce()
  await room.publish()
  room.later(20 * 60)
  await room.say(article, { kind: 'delete' })
  for (let minute = 0; minute < 12; minute += 1) {
    await noticeOverdue(room.store.db, room.means.clock())
    room.later(60)
  }
  expect(await notices(room.store.db)).toMatchObject([{ kind: 'overdue', account: 'mastodon' }])
  await room.publish()
  await noticeOverdue(room.store.db, room.means.clock())
  expect(await notices(room.store.db)).toEqual([])
})
