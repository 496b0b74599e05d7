import { afterEach, describe, expect, test } from 'vitest'
import { platforms } from '../../../src/platforms/registry.ts'
import type { Connection, Syndication } from '../../../src/platforms/platform.ts'
import { startBluesky } from '../../../src/sandbox/bluesky.ts'
import { startMastodon } from '../../../src/sandbox/mastodon.ts'
import type { ReaderDoors } from '../../../src/sandbox/readers.ts'
import type { StandIn } from '../../../src/sandbox/stand-in.ts'
import { credentialsFor } from '../../support/newsroom.ts'
import { draft as words, failureOf, memoryVault, soon } from './support.ts'

const draft = (number: number) => ({
  ...words,
  text: `Le canal rouvre, épisode ${number}`,
  language: 'fr',
})

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const starters = { bluesky: startBluesky, mastodon: startMastodon }

async function open(platform: 'bluesky' | 'mastodon') {
  const standIn: StandIn & ReaderDoors = await starters[platform]({ port: 0, file: null })
  const connection = await platforms[platform].connect(
    credentialsFor(platform, standIn.url),
    memoryVault(),
  )
  closing.push(
    () => connection.close(),
    () => standIn.close(),
  )
  return { standIn, connection }
}

async function post(connection: Connection, platform: 'bluesky' | 'mastodon', number: number) {
  const key = platforms[platform].newKey(new Date(1_770_000_000_000 + number), Math.random)
  const more = { createdAt: new Date(), replyTo: null, media: [] }
  return connection.publish(draft(number), { key, ...more }, soon())
}

async function posts(connection: Connection, platform: 'bluesky' | 'mastodon', count: number) {
  const made: Syndication[] = []
  for (let number = 0; number < count; number += 1)
    made.push(await post(connection, platform, number))
  return made
}

/** How often the stand-in was asked for that. */
const asked = (standIn: StandIn, path: string) =>
  standIn.seen().filter((seen) => seen.method === 'GET' && seen.path.includes(path)).length

describe.each(['bluesky', 'mastodon'] as const)('%s', (platform) => {
  const counting = platform === 'bluesky' ? 'getPosts' : '/api/v1/statuses?'

  test('counts come in the order asked for, by one call', async () => {
    const { standIn, connection } = await open(platform)
    const [first, second, third] = await posts(connection, platform, 3)
    if (!first || !second || !third) throw new Error('no posts')
    standIn.counts({ id: third.id, likes: 7, reposts: 2, replies: 1, quotes: 3 })
    const wanted = [third, first, second]
    const none = { likes: 0, reposts: 0, replies: 0, quotes: 0, views: null, rounded: [] }
    expect(await connection.engagement(wanted, soon())).toEqual([
      { likes: 7, reposts: 2, replies: 1, quotes: 3, views: null, rounded: [] },
      none,
      none,
    ])
    expect(asked(standIn, counting)).toBe(1)
  })

  test('one that a batch leaves out is unknown; asked for alone it is gone, or stands', async () => {
    const { standIn, connection } = await open(platform)
    const [stands, removed] = await posts(connection, platform, 2)
    if (!stands || !removed) throw new Error('no posts')
    standIn.remove({ id: removed.id })
    expect((await connection.engagement([stands, removed], soon()))[1]).toBe('unknown')
    expect(await connection.engagement([removed], soon())).toEqual(['gone'])
    expect(await connection.engagement([stands], soon())).toMatchObject([{ likes: 0 }])
  })

  test('nothing asked for is nothing asked', async () => {
    const { standIn, connection } = await open(platform)
    expect(await connection.engagement([], soon())).toEqual([])
    expect(standIn.seen()).toEqual([])
  })

  test('more than the server takes are asked for in pieces', async () => {
    const { standIn, connection } = await open(platform)
    const made = await posts(connection, platform, 27)
    const { atOnce } = platforms[platform].counting
    expect(await connection.engagement(made, soon())).toHaveLength(atOnce)
    expect(asked(standIn, counting)).toBe(1)
  })

  test.each([
    ['a page instead of counts', { status: 502, body: '<html>502</html>' }],
    ['a page that says it is well', { status: 200, body: '<html>hello</html>' }],
    ['JSON of something else', { status: 200, body: '{"posts":7}' }],
  ])('%s', async (_, answer) => {
    const { standIn, connection } = await open(platform)
    const made = await posts(connection, platform, 2)
    standIn.fault({
      kind: 'answer',
      path: platform === 'bluesky' ? counting : 'statuses',
      ...answer,
    })
    expect((await failureOf(connection.engagement(made, soon()), [])).kind).toBe('unavailable')
  })

  test('too many requests, with the moment to come back', async () => {
    const { standIn, connection } = await open(platform)
    const made = await posts(connection, platform, 2)
    const headers =
      platform === 'bluesky'
        ? { 'retry-after': '120' }
        : { 'x-ratelimit-reset': new Date(Date.now() + 120_000).toISOString() }
    standIn.fault({
      kind: 'answer',
      path: platform === 'bluesky' ? counting : 'statuses',
      status: 429,
      headers: { 'content-type': 'application/json', ...headers },
      body: '{"error":"RateLimitExceeded","message":"slow"}',
    })
    const error = await failureOf(connection.engagement(made, soon()), [])
    expect(error.kind).toBe('rate-limited')
    expect(Math.abs((error.retryAt?.getTime() ?? 0) - Date.now() - 120_000)).toBeLessThan(5000)
  })
})
