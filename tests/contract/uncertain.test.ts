import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Policy } from '../../src/config/config.ts'
import { notices } from '../../src/notices/view.ts'
import { openNewsroom, type Newsroom } from '../support/newsroom.ts'
import { type Server, temporaryServer } from '../support/store.ts'

let server: Server
beforeAll(async () => {
  server = await temporaryServer()
})
afterAll(() => server[Symbol.asyncDispose]())

/** An article whose answer is lost in a channel that nobody can look through; `stands`: whether it arrived. */
async function lost(uncertain: Policy['uncertain'], stands: boolean) {
  const policy = { uncertain }
  const room = await openNewsroom(server, 'telegram', undefined, { policy })
  room.standIn.fault({ kind: 'answer', path: '/s/', method: 'GET', status: 302, times: 100 })
  const kind = stands ? ('drop-after' as const) : ('drop-before' as const)
  room.standIn.fault({ kind, path: 'sendMessage', method: 'POST' })
  const article = await room.announce()
  await settle(room)
  return { room, article }
}

async function settle(room: Newsroom): Promise<void> {
  for (let wait = 0; wait < 6; wait += 1) {
    await room.publish()
    room.later(30)
  }
}

describe('an answer was lost, and nobody can look', () => {
  test('a person is asked once', async () => {
    const { room, article } = await lost('ask', true)
    await using _ = room
    expect(await room.only(article)).toMatchObject({ state: 'uncertain', dueAt: null })
    expect(await notices(room.store.db)).toMatchObject([{ kind: 'uncertain' }])
    expect(room.standIn.posts()).toHaveLength(1)
  })

  test('an account that sends again does so by itself, and says so in the log', async () => {
    const { room, article } = await lost('send again', false)
    await using _ = room
    expect(await room.only(article)).toMatchObject({ state: 'published' })
    expect(await notices(room.store.db)).toEqual([])
    expect(room.standIn.posts()).toHaveLength(1)
    expect(room.logged.filter((line) => line.includes('sent again'))).toHaveLength(1)
  })

  test('an account that leaves it asks nobody, and sends nothing', async () => {
    const { room, article } = await lost('leave', false)
    await using _ = room
    const { state, dueAt, waitsFor } = await room.only(article)
    expect({ state, dueAt, waitsFor }).toEqual({ state: 'uncertain', dueAt: null, waitsFor: null })
    expect(await notices(room.store.db)).toEqual([])
    expect(room.standIn.posts()).toEqual([])
  })
})
