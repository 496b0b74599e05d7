import { afterEach, describe, expect, test } from 'vitest'
import { open } from '../../../../src/platforms/mastodon/connection.ts'
import { type Answer, failureOf, now, type Request, serve, soon } from '../support.ts'

const accessToken = 'crieur-unit-test-access-token'
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

/** An instance that answers `list` to several at once and `one` to a single status. */
async function connect({ list, one }: { list?: Answer; one?: Answer | ((id: string) => Answer) }) {
  const seen: Request[] = []
  const { url, close } = await serve((request) => {
    seen.push(request)
    const [, id] = /^\/api\/v1\/statuses\/(\w+)$/.exec(request.path) ?? []
    if (id === undefined) return list ?? missing
    return typeof one === 'function' ? one(id) : (one ?? missing)
  })
  const own = { url: new URL(url).origin, accessToken }
  const connection = await open(own, { clock: () => now, connectMs: 1000 })
  closing.push(() => connection.close(), close)
  return {
    count: (...ids: string[]) =>
      connection.engagement(
        ids.map((id) => ({ id, url: null })),
        soon(),
      ),
    /** The paths asked so far. */
    asked: () => seen.map(({ path }) => path.replace(/\?.*/, '?')),
    seen,
  }
}

const page = { headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html><title>…</title>' }
const missing = { status: 404, body: { error: 'Record not found' } }
const status = (id: string, more: object = {}) => ({
  ...{ id, favourites_count: 3, reblogs_count: 2, replies_count: 1, quotes_count: 0 },
  ...more,
})
const counted = { likes: 3, reposts: 2, replies: 1, quotes: 0, views: null, rounded: [] }
const single = (id: string) => ({ body: status(id) })

describe('several at once', () => {
  test('one call asks for all of them, with the token', async () => {
    const { count, seen } = await connect({ list: { body: [status('3'), status('1')] } })
    expect(await count('1', '2', '3')).toEqual([counted, 'unknown', counted])
    const [request, ...others] = seen
    const ids = new URLSearchParams(request?.path.split('?')[1]).getAll('id[]')
    expect(ids).toEqual(['1', '2', '3'])
    expect([request?.headers.authorization, others]).toEqual([`Bearer ${accessToken}`, []])
  })

  test.each<[string, object, object]>([
    ['no quotes before 4.5', { quotes_count: undefined }, { quotes: null }],
    ['null', { replies_count: null }, { replies: null }],
    ['less than none', { favourites_count: -1 }, { likes: null }],
    ['a part of one', { reblogs_count: 1.5 }, { reposts: null }],
    ['words', { favourites_count: '1.2K' }, { likes: null }],
    ['more than can be counted', { favourites_count: 1e300 }, { likes: null }],
  ])('%s cannot be known', async (_, told, known) => {
    const { count } = await connect({ list: { body: [status('1', told), status('2')] } })
    expect(await count('1', '2')).toEqual([{ ...counted, ...known }, counted])
  })

  test.each<[string, Answer]>([
    ['a page', page],
    ['another page', { ...page, status: 503 }],
    ['something else', { body: { hello: 'world' } }],
    ['a list of something else', { body: [null] }],
  ])('%s instead of counts', async (_, list) => {
    const { count, asked } = await connect({ list, one: single })
    expect((await failureOf(count('1', '2'), [accessToken])).kind).toBe('unavailable')
    expect(asked()).toEqual(['/api/v1/statuses?'])
  })

  test('a token without the right to read', async () => {
    const error = 'This action is outside the authorized scopes'
    const { count, asked } = await connect({ list: { status: 403, body: { error } } })
    expect((await failureOf(count('1', '2'), [accessToken])).kind).toBe('unauthorized')
    expect(asked()).toHaveLength(1)
  })

  test('too many requests, with the moment to come back', async () => {
    const headers = { 'x-ratelimit-reset': '2026-03-04T05:10:00.000000Z' }
    const list = { status: 429, headers, body: { error: 'Too many requests' } }
    const error = await failureOf((await connect({ list })).count('1', '2'), [accessToken])
    expect([error.kind, error.retryAt]).toEqual([
      'rate-limited',
      new Date('2026-03-04T05:10:00.000Z'),
    ])
  })
})

describe('a server that gives one at a time', () => {
  test.each<[string, Answer]>([
    ['404', missing],
    ['404 with a page, as Mastodon before 4.3', { ...page, status: 404 }],
    ['405 with a page, as those that only know the posting call', { ...page, status: 405 }],
    ['400', { status: 400, body: { error: 'Missing field: ids.' } }],
  ])('%s: is asked for the first, and never again for several', async (_, list) => {
    const { count, asked } = await connect({ list, one: single })
    expect(await count('1', '2', '3')).toEqual([counted])
    expect(await count('2', '3')).toEqual([counted])
    expect(await count('3')).toEqual([counted])
    expect(asked()).toEqual([
      ...['/api/v1/statuses?', '/api/v1/statuses/1', '/api/v1/statuses/2', '/api/v1/statuses/3'],
    ])
  })

  test('one that was only away is asked for several again', async () => {
    const away: Answer = { ...page, status: 404 }
    const { count, asked } = await connect({ list: away, one: away })
    expect((await failureOf(count('1', '2'), [accessToken])).kind).toBe('unavailable')
    await failureOf(count('1', '2'), [accessToken])
    expect(asked().filter((path) => path.endsWith('?'))).toHaveLength(2)
  })
})

describe('asked for alone', () => {
  test.each<[string, Answer, unknown]>([
    ['it stands', { body: status('1') }, counted],
    ['404 in the server’s words', missing, 'gone'],
    ['410 in the server’s words', { status: 410, body: { error: 'Gone' } }, 'gone'],
    ['another refusal', { status: 422, body: { error: 'No such kind of id' } }, 'unknown'],
  ])('%s', async (_, one, told) => {
    const { count, asked } = await connect({ one })
    expect(await count('1')).toEqual([told])
    expect(asked()).toEqual(['/api/v1/statuses/1'])
  })

  test.each<[string, Answer, string]>([
    ['404 with a page', { ...page, status: 404 }, 'unavailable'],
    ['410 with a page', { ...page, status: 410 }, 'unavailable'],
    ['404 and nothing', { status: 404 }, 'unavailable'],
    ['404 with half a JSON', { status: 404, ...page, body: '{"err' }, 'unavailable'],
    ['a page', page, 'unavailable'],
    ['502', { ...page, status: 502 }, 'unavailable'],
    ['401', { status: 401, body: { error: 'The access token is invalid' } }, 'unauthorized'],
  ])('%s proves nothing', async (_, one, kind) => {
    const { count } = await connect({ one })
    expect((await failureOf(count('1'), [accessToken])).kind).toBe(kind)
  })
})
