import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { platforms } from '../../../src/platforms/registry.ts'
import type { Connection, Syndication } from '../../../src/platforms/platform.ts'
import { startBluesky } from '../../../src/sandbox/bluesky.ts'
import { startMastodon, type MastodonOptions } from '../../../src/sandbox/mastodon.ts'
import type { StandIn } from '../../../src/sandbox/stand-in.ts'
import { credentialsFor } from '../../support/newsroom.ts'
import { temporaryFolder } from '../../support/store.ts'
import { failureOf, memoryVault, soon } from './support.ts'

const draft = (number: number) => ({
  text: `Le canal rouvre, épisode ${number}`,
  facets: [],
  count: 30,
  limit: 300,
  language: 'fr',
  card: null,
  warnings: [],
})

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function open(platform: 'bluesky' | 'mastodon', options: Partial<MastodonOptions> = {}) {
  const standIn: StandIn =
    platform === 'bluesky'
      ? await startBluesky({ port: 0, file: null })
      : await startMastodon({ port: 0, file: null, ...options })
  const connection = await platforms[platform].connect(
    credentialsFor(platform, standIn.url),
    memoryVault(),
  )
  closing.push(
    () => connection.close(),
    () => standIn.close(),
  )
  const door = async (name: string, given: object) => {
    const answer = await fetch(`${standIn.url}/_/${name}`, {
      method: 'POST',
      body: JSON.stringify(given),
    })
    expect(answer.ok).toBe(true)
  }
  return { standIn, connection, door }
}

async function post(connection: Connection, platform: 'bluesky' | 'mastodon', number: number) {
  const key = platforms[platform].newKey(new Date(1_770_000_000_000 + number), Math.random)
  const more = { createdAt: new Date(), replyTo: null, thumbnail: null }
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
    const { standIn, connection, door } = await open(platform)
    const [first, second, third] = await posts(connection, platform, 3)
    await door('counts', { id: third?.id, likes: 7, reposts: 2, replies: 1, quotes: 3 })
    const wanted = [third, first, second].flatMap((one) => one ?? [])
    const none = { likes: 0, reposts: 0, replies: 0, quotes: 0, views: null, rounded: [] }
    expect(await connection.engagement(wanted, soon())).toEqual([
      { likes: 7, reposts: 2, replies: 1, quotes: 3, views: null, rounded: [] },
      none,
      none,
    ])
    expect(asked(standIn, counting)).toBe(1)
  })

  test('one that a batch leaves out is unknown; asked for alone it is gone, or stands', async () => {
    const { connection, door } = await open(platform)
    const [stands, removed] = await posts(connection, platform, 2)
    if (stands === undefined || removed === undefined) throw new Error('no posts')
    await door('remove', { id: removed.id })
    expect((await connection.engagement([stands, removed], soon()))[1]).toBe('unknown')
    expect(await connection.engagement([removed], soon())).toEqual(['gone'])
    expect(await connection.engagement([stands], soon())).toMatchObject([{ likes: 0 }])
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

test('a Mastodon before 4.3 is asked for one status after the other, once it has said so', async () => {
  const { standIn, connection } = await open('mastodon', { severalAtOnce: false, quotes: false })
  const made = await posts(connection, 'mastodon', 3)
  const first = await connection.engagement(made, soon())
  expect(first).toEqual([
    { likes: 0, reposts: 0, replies: 0, quotes: null, views: null, rounded: [] },
  ])
  await connection.engagement(made.slice(1), soon())
  expect(asked(standIn, '/api/v1/statuses?')).toBe(1)
  expect(asked(standIn, '/api/v1/statuses/')).toBe(2)
})

test('what readers did outlives the stand-in', async () => {
  await using home = await temporaryFolder()
  const file = path.join(home.folder, 'bluesky.jsonl')
  const standIn = await startBluesky({ port: 0, file })
  const uri = 'at://did:plc:x/app.bsky.feed.post/3l'
  await fetch(`${standIn.url}/_/remove`, { method: 'POST', body: JSON.stringify({ id: uri }) })
  await standIn.close()
  expect(await readFile(file, 'utf8')).toContain(uri)
  const again = await startBluesky({ port: 0, file })
  await again.close()
})

describe('the address of a post', () => {
  const did = 'did:plc:abcdefghijklmnopqrstuvwx'
  const own = {
    bluesky: { identity: did, title: '@town.example', url: null },
    mastodon: { identity: 'crier@town.example', title: '@crier@town.example', url: null },
  }
  test.each([
    ['bluesky', 'https://bsky.app/profile/town.example/post/3lfabc', '3lfabc'],
    ['bluesky', `https://bsky.app/profile/${did}/post/3lfabc?ref=x`, '3lfabc'],
    ['bluesky', `at://${did}/app.bsky.feed.post/3lfabc`, '3lfabc'],
    ['bluesky', 'https://bsky.app/profile/other.example/post/3lfabc', null],
    ['bluesky', 'https://town.example/post/3lfabc', null],
    ['mastodon', 'https://town.example/@crier/109302', '109302'],
    ['mastodon', 'https://town.example/users/crier/statuses/109302', '109302'],
    ['mastodon', 'https://town.example/@other/109302', null],
    ['mastodon', 'https://elsewhere.example/@crier/109302', null],
    ['mastodon', 'javascript:alert(1)', null],
    ['mastodon', 'certainly', null],
  ] as const)('%s %s', (platform, address, key) => {
    const found = platforms[platform].postAt(address, own[platform])
    const id = platform === 'bluesky' ? `at://${did}/app.bsky.feed.post/${key}` : key
    expect(found?.id ?? null).toBe(key === null ? null : id)
  })
})
