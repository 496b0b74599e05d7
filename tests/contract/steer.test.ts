import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openConnections } from '../../src/accounts/connections.ts'
import { configuredAccounts, syncAccounts } from '../../src/accounts/ledger.ts'
import { pause, resume } from '../../src/accounts/steer.ts'
import { type Person, decisionsOn } from '../../src/decisions/ledger.ts'
import { checkAccounts } from '../../src/deliveries/check.ts'
import { notices } from '../../src/notices/view.ts'
import type { PlatformId } from '../../src/platforms/platform.ts'
import { credentialsFor, type Newsroom, openNewsroom } from '../support/newsroom.ts'
import { type Server, temporaryServer } from '../support/store.ts'

const all: PlatformId[] = ['telegram', 'bluesky', 'mastodon']
const anna: Person = { who: 'Anna', door: 'page' }
const ben: Person = { who: 'Ben', door: 'bot' }
/** A token of the right shape that nobody gave out. */
const wrong: Record<PlatformId, string> = {
  telegram: '123456789:AAwrongwrongwrongwrongwrongwrongwro',
  bluesky: 'aaaa-bbbb-cccc-dddd',
  mastodon: 'wrong-token-wrong-token-wrong-token-wrong-t',
}

let server: Server
beforeAll(async () => {
  server = await temporaryServer()
})
afterAll(() => server[Symbol.asyncDispose]())

/** What a start does first: accounts as the files name them, then each is asked who it is. */
async function start(room: Newsroom, name: string, secret?: string): Promise<void> {
  const { platform, url } = room.standIn
  const credentials = credentialsFor(platform, url, secret)
  const settings = [{ name, platform, credentials }]
  await syncAccounts(room.store.db, settings)
  const connections = openConnections(room.store.db, settings, room.means.clock)
  await checkAccounts({ ...room.means, connections })
  await connections.close()
}

const stop = (room: Newsroom, by = anna) =>
  pause(room.store.db, room.account, by, room.means.clock())
const goOn = (room: Newsroom, by = anna) =>
  resume(room.store.db, room.account, by, room.means.clock())

describe.each(all)('%s', (platform) => {
  test('what waits on an account that a person stopped goes out once it goes on', async () => {
    await using room = await openNewsroom(server, platform)
    await room.announce()
    await room.publish()
    expect(await stop(room)).toEqual({ account: platform, done: true, paused: true })
    const article = await room.announce()
    room.later(60)
    await room.publish()
    expect(await room.only(article)).toMatchObject({ state: 'pending', waitsFor: 'account paused' })
    expect(room.standIn.posts()).toHaveLength(1)
    expect(await goOn(room, ben)).toEqual({ account: platform, done: true, paused: false })
    await room.publish()
    expect(await room.only(article)).toMatchObject({ state: 'published' })
    expect(await decisionsOn(room.store.db, { account: room.account })).toMatchObject([
      { kind: 'pause', who: 'Anna', door: 'page', from: 'running', to: 'paused' },
      { kind: 'resume', who: 'Ben', door: 'bot', from: 'paused', to: 'running' },
    ])
  })

  test('who stops it a second time is told who did', async () => {
    await using room = await openNewsroom(server, platform)
    const both = await Promise.all([stop(room, anna), stop(room, ben)])
    const [first] = both.filter(({ done }) => done)
    const second = both.find(({ done }) => !done)
    expect(first).toMatchObject({ done: true, paused: true })
    const [kept] = await decisionsOn(room.store.db, { account: room.account })
    expect(second).toMatchObject({ paused: true, last: { who: kept?.who, kind: 'pause' } })
    await goOn(room)
    expect(await goOn(room, ben)).toMatchObject({
      done: false,
      paused: false,
      last: { who: 'Anna' },
    })
  })

  test('a stop by a person outlasts starts, other credentials and another name', async () => {
    await using room = await openNewsroom(server, platform)
    await room.announce()
    await room.publish()
    await stop(room)
    const stopped = { paused_at: expect.any(Date), pause: { kind: 'person', reason: 'Anna' } }
    await start(room, platform)
    expect(await configuredAccounts(room.store.db)).toMatchObject([stopped])
    await start(room, platform, wrong[platform]) // refused: still the person's stop, and no notice
    expect(await configuredAccounts(room.store.db)).toMatchObject([stopped])
    expect(await notices(room.store.db)).toEqual([])
    await start(room, 'another-name')
    const [renamed] = await configuredAccounts(room.store.db)
    expect(renamed).toMatchObject({ id: room.account, name: 'another-name', ...stopped })
  })

  test('a name that was stopped before anybody knew whose it is stays stopped', async () => {
    await using room = await openNewsroom(server, platform)
    await start(room, platform)
    const settings = [
      { name: 'new-name', platform, credentials: credentialsFor(platform, room.standIn.url) },
    ]
    const [named] = await syncAccounts(room.store.db, settings)
    await pause(room.store.db, named?.id ?? 0, anna, room.means.clock())
    await start(room, 'new-name')
    const [account] = await configuredAccounts(room.store.db)
    expect(account).toMatchObject({ name: 'new-name', pause: { kind: 'person', reason: 'Anna' } })
    expect(await decisionsOn(room.store.db, { account: account?.id ?? 0 })).toMatchObject([
      { kind: 'pause', who: 'Anna' },
    ])
  })

  test('one that is not let in asks once, and goes on when somebody says so', async () => {
    await using room = await openNewsroom(server, platform)
    await room.announce()
    await room.publish()
    const article = await room.announce()
    room.later(60)
    const path = { telegram: 'sendMessage', bluesky: 'putRecord', mastodon: '/api/v1/statuses' }
    const body = {
      telegram: '{"ok":false,"error_code":403,"description":"Forbidden: bot was kicked"}',
      bluesky: '{"error":"AccountTakedown","message":"Account has been taken down"}',
      mastodon: '{"error":"This action is outside the authorized scopes"}',
    }
    const fault = { kind: 'answer', path: path[platform], method: 'POST', status: 403 } as const
    room.standIn.fault({ ...fault, body: body[platform] })
    await room.publish()
    await room.publish()
    const [asked, ...others] = await notices(room.store.db)
    expect(asked).toMatchObject({ kind: 'unauthorized', account: platform })
    expect(others).toEqual([])
    expect(await goOn(room)).toMatchObject({ done: true, paused: false })
    expect(await notices(room.store.db)).toEqual([])
    room.later(60)
    await room.publish()
    expect(await room.only(article)).toMatchObject({ state: 'published' })
    expect(await decisionsOn(room.store.db, { account: room.account })).toMatchObject([
      { from: 'unauthorized', to: 'running' },
    ])
  })

  test('one that is let in again at a start goes on by itself, and nobody is asked any more', async () => {
    await using room = await openNewsroom(server, platform)
    await start(room, platform)
    await start(room, platform, wrong[platform])
    expect(await notices(room.store.db)).toMatchObject([{ kind: 'unauthorized' }])
    await start(room, platform)
    expect(await notices(room.store.db)).toEqual([])
    expect(await configuredAccounts(room.store.db)).toMatchObject([{ paused_at: null }])
  })
})
