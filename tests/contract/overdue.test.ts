import { afterAll, beforeAll, expect, test } from 'vitest'
import { pause } from '../../src/accounts/steer.ts'
import { noticeOverdue } from '../../src/deliveries/overdue.ts'
import { notices } from '../../src/notices/view.ts'
import { type Newsroom, openNewsroom } from '../support/newsroom.ts'
import { type Server, temporaryServer } from '../support/store.ts'

let server: Server
beforeAll(async () => {
  server = await temporaryServer()
}, 60_000)
afterAll(() => server[Symbol.asyncDispose]())

/** Looks each minute, as the sweep does, for so many minutes. */
async function minutes({ later, store, means }: Newsroom, count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    later(60)
    await noticeOverdue(store.db, means.clock())
  }
}

const open = async ({ store }: Newsroom) => (await notices(store.db)).map(({ kind }) => kind)

test('what could go and nobody tries for ten minutes is a notice, until somebody does', async () => {
  await using room = await openNewsroom(server, 'mastodon')
  await room.announce()
  await minutes(room, 9)
  expect(await open(room)).toEqual([])
  await minutes(room, 3)
  expect(await open(room)).toEqual(['overdue'])
  await minutes(room, 5)
  expect(await open(room)).toEqual(['overdue'])
  await room.publish()
  await minutes(room, 1)
  expect(await open(room)).toEqual([])
})

test('a machine that was off for a night raises none when it comes back', async () => {
  await using room = await openNewsroom(server, 'mastodon')
  await minutes(room, 1)
  await room.announce()
  room.later(8 * 3600)
  await minutes(room, 5)
  expect(await open(room)).toEqual([])
})

test('a stopped account is no such case', async () => {
  await using room = await openNewsroom(server, 'mastodon')
  await room.announce()
  await pause(room.store.db, room.account, { who: 'Anna', door: 'bot' }, room.means.clock())
  await minutes(room, 30)
  expect(await open(room)).toEqual([])
})
