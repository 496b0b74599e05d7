import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pauseUnauthorized } from '../../src/accounts/state.ts'
import { claim } from '../../src/deliveries/claim.ts'
import { deliveries } from '../../src/deliveries/view.ts'
import type { PlatformId } from '../../src/platforms/platform.ts'
import { openNewsroom } from '../support/newsroom.ts'
import { type Server, temporaryServer } from '../support/store.ts'

const all: PlatformId[] = ['telegram', 'bluesky', 'mastodon']
/** The call that publishes, as a fault or a test counts it. */
const publishing: Record<PlatformId, { path: string; method: string }> = {
  telegram: { path: 'sendMessage', method: 'POST' },
  bluesky: { path: 'putRecord', method: 'POST' },
  mastodon: { path: '/api/v1/statuses', method: 'POST' },
}
/** A token of the right shape that nobody gave out. */
const wrong: Record<PlatformId, string> = {
  telegram: '123456789:AAwrongwrongwrongwrongwrongwrongwro',
  bluesky: 'aaaa-bbbb-cccc-dddd',
  mastodon: 'wrong-token-wrong-token-wrong-token-wrong-t',
}
const calls = (platform: PlatformId, seen: { method: string; path: string }[]) =>
  seen.filter(({ method, path }) => method === 'POST' && path.includes(publishing[platform].path))
    .length

let server: Server
beforeAll(async () => {
  server = await temporaryServer()
})
afterAll(() => server[Symbol.asyncDispose]())

describe.each(all)('%s', (platform) => {
  const call = publishing[platform]

  test('an article goes out once, and its address and id stand in the ledger', async () => {
    await using room = await openNewsroom(server, platform)
    const article = await room.announce()
    await room.publish()
    await room.publish()
    const delivery = await room.only(article)
    expect(delivery).toMatchObject({ state: 'published', error: null, dueAt: null })
    expect(delivery.url).toBe(room.standIn.posts()[0]?.url)
    expect(delivery.attempts.filter(({ operation }) => operation === 'publish')).toMatchObject([
      { outcome: 'done' },
    ])
    expect(calls(platform, room.standIn.seen())).toBe(1)
  })

  test('articles go out in the order they were heard', async () => {
    await using room = await openNewsroom(server, platform)
    for (let number = 0; number < 3; number += 1) await room.announce()
    await room.publish()
    const texts = room.standIn.posts().map(({ wire }) => JSON.stringify(wire))
    expect(texts.map((text) => /Article (\d)/.exec(text)?.[1])).toEqual(['1', '2', '3'])
  })

  test('a call that never arrived is made again, later', async () => {
    await using room = await openNewsroom(server, platform)
    const article = await room.announce()
    await room.publish() // identity and session are known from here on
    const next = await room.announce()
    await room.standIn.close()
    await room.publish()
    const waiting = await room.only(next)
    expect(waiting).toMatchObject({ state: 'pending', error: { kind: 'unavailable' } })
    expect(waiting.dueAt).not.toBeNull()
    expect(await room.only(article)).toMatchObject({ state: 'published' })
  })

  test('an answer that was lost leaves one post', async () => {
    await using room = await openNewsroom(server, platform)
    room.standIn.fault({ kind: 'drop-after', ...call })
    const article = await room.announce()
    await room.publish()
    room.later(61)
    await room.publish()
    room.later(30)
    await room.publish()
    expect(room.standIn.posts()).toHaveLength(1)
    const settled = await room.only(article)
    expect(settled).toMatchObject({ state: 'published', url: room.standIn.posts()[0]?.url })
  })

  const page = '<!doctype html><title>Error</title><p>Something went wrong</p>'
  test.each([
    { status: 200, body: page, expected: { state: 'uncertain' } },
    { status: 200, body: '{"ok":true,"resu', expected: { state: 'uncertain' } },
    { status: 403, body: page, expected: { state: 'pending', waitsFor: 'account paused' } },
    { status: 429, body: page, expected: { state: 'pending', waitsFor: 'the platform' } },
    { status: 502, body: page, expected: { state: 'uncertain' } },
    { status: 502, body: '{"err', expected: { state: 'uncertain' } },
  ])(
    'an answer $status that cannot be read ($body) is judged by what is known',
    async ({ status, body, expected }) => {
      await using room = await openNewsroom(server, platform)
      const headers = { 'content-type': body === page ? 'text/html' : 'application/json' }
      room.standIn.fault({ kind: 'answer', ...call, status, headers, body, times: 5 })
      const article = await room.announce()
      await room.publish()
      expect(await room.only(article)).toMatchObject(expected)
    },
  )

  test('the same article again, and its answer lost: the first post is not taken for the second', async () => {
    await using room = await openNewsroom(server, platform)
    const article = await room.announce()
    await room.publish()
    room.standIn.fault({ kind: 'drop-before', ...call })
    await room.again(article)
    for (let wait = 0; wait < 4; wait += 1) {
      await room.publish()
      room.later(61)
    }
    const [first, second] = await deliveries(room.store.db, { article })
    expect(second?.url).not.toBe(first?.url)
    expect(room.standIn.posts()).toHaveLength(2)
  })

  test('a call that was cut before it was carried out is not taken for done', async () => {
    await using room = await openNewsroom(server, platform)
    room.standIn.fault({ kind: 'drop-before', ...call })
    const article = await room.announce()
    await room.publish()
    room.later(61)
    await room.publish()
    room.later(30)
    await room.publish()
    expect((await room.only(article)).state).toBe('published')
    expect(room.standIn.posts()).toHaveLength(1)
  })

  test('an account that is not let in stands still; its deliveries wait, nothing is told of the secret', async () => {
    await using room = await openNewsroom(server, platform, wrong[platform])
    const one = await room.announce()
    const two = await room.announce()
    await room.publish()
    await room.publish()
    expect(await room.only(one)).toMatchObject({
      state: 'pending',
      waitsFor: 'account paused',
      error: { kind: 'unauthorized' },
    })
    expect(await room.only(two)).toMatchObject({ state: 'pending', attempts: [] })
    const everything = JSON.stringify([
      room.logged,
      await deliveries(room.store.db, { newest: 10 }),
      await room.store.db.selectFrom('accounts').selectAll().execute(),
    ])
    expect(everything).not.toContain(wrong[platform])
  })

  test('a platform that asks to wait is obeyed, and the post goes out afterwards', async () => {
    await using room = await openNewsroom(server, platform)
    const headers = {
      'content-type': 'application/json',
      'retry-after': '40',
      'ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 40),
      'x-ratelimit-reset': new Date(Date.now() + 40_000).toISOString(),
    }
    const body = JSON.stringify(
      platform === 'telegram'
        ? {
            ok: false,
            error_code: 429,
            description: 'Too Many Requests: retry after 40',
            parameters: { retry_after: 40 },
          }
        : {
            error: platform === 'bluesky' ? 'RateLimitExceeded' : 'Too many requests',
            message: 'Rate Limit Exceeded',
          },
    )
    room.standIn.fault({ kind: 'answer', ...call, status: 429, headers, body })
    const article = await room.announce()
    await room.publish()
    expect(await room.only(article)).toMatchObject({
      state: 'pending',
      error: { kind: 'rate-limited' },
    })
    room.later(20)
    await room.publish()
    expect(calls(platform, room.standIn.seen())).toBe(1)
    room.later(60)
    await room.publish()
    expect(await room.only(article)).toMatchObject({ state: 'published' })
  })

  test('a worker that lost its lease after sending writes nothing; what it sent is found by the replay rule', async () => {
    await using room = await openNewsroom(server, platform)
    await room.announce()
    await room.publish()
    const article = await room.announce()
    const sent = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const { connections } = room.means
    const slow = {
      ...room.means,
      connections: {
        ...connections,
        of: async (account: Parameters<typeof connections.of>[0]) => {
          const connection = await connections.of(account)
          return {
            ...connection,
            publish: async (...args: Parameters<typeof connection.publish>) => {
              const syndication = await connection.publish(...args)
              sent.resolve()
              await goOn.promise
              return syndication
            },
          }
        },
      },
    }
    const { publishDue } = await import('../../src/deliveries/publish.ts')
    const frozen = publishDue(slow, room.account)
    await sent.promise
    // Its lease is over while it stands still; another worker ends it and decides.
    room.later(50)
    await room.store.db
      .updateTable('deliveries')
      .set({ lease_until: new Date(room.store.clock().getTime() - 1000) })
      .where('lease_token', 'is not', null)
      .execute()
    await claim(
      room.store.db,
      room.account,
      room.means.clock(),
      '00000000-0000-4000-8000-000000000000',
    )
    const before = await room.only(article)
    goOn.resolve()
    await frozen
    expect((await room.only(article)).version).toBe(before.version)
    expect(room.standIn.posts()).toHaveLength(2)
  })

  test('what was never tried and is a day late is held for a person', async () => {
    await using room = await openNewsroom(server, platform)
    const article = await room.announce()
    room.later(24 * 3600 + 1)
    await room.publish()
    expect(await room.only(article)).toMatchObject({ state: 'held' })
    expect(room.standIn.posts()).toHaveLength(0)
  })

  test('two workers never take one account’s deliveries at the same time', async () => {
    await using room = await openNewsroom(server, platform)
    for (let number = 0; number < 4; number += 1) await room.announce()
    for (let round = 0; round < 4; round += 1) {
      await Promise.all([room.publish(), room.publish(), room.publish()])
      room.later(10)
    }
    expect(room.standIn.posts()).toHaveLength(4)
    expect(calls(platform, room.standIn.seen())).toBe(4)
  })

  test('a lease that a paused account still holds ends all the same', async () => {
    await using room = await openNewsroom(server, platform)
    const article = await room.announce()
    const token = '00000000-0000-4000-8000-000000000000'
    await claim(room.store.db, room.account, room.means.clock(), token)
    await pauseUnauthorized(room.store.db, room.account, 'revoked', null, room.means.clock())
    room.later(46)
    await room.publish()
    expect(await room.only(article)).toMatchObject({ state: 'pending', waitsFor: 'account paused' })
  })

  test('a name that leads to another channel by now: what was meant for the first one waits for it', async () => {
    await using room = await openNewsroom(server, platform)
    await room.announce()
    await room.publish()
    await room.store.db
      .updateTable('accounts')
      .set({ identity: 'somebody else', fingerprint: 'other credentials' })
      .execute()
    const article = await room.announce()
    await room.publish()
    expect(await room.only(article)).toMatchObject({
      state: 'pending',
      waitsFor: 'account not configured',
    })
    expect(room.standIn.posts()).toHaveLength(1)
  })
})
