import { afterEach, describe, expect, test } from 'vitest'
import { appviewOf } from '../../../../src/platforms/bluesky/appview.ts'
import { open } from '../../../../src/platforms/bluesky/connection.ts'
import {
  type Answer,
  failureOf,
  memoryVault,
  now,
  publication,
  type Request,
  serve,
  soon,
} from '../support.ts'

const did = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'
const cid = 'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a'
const appPassword = 'abcd-efgh-ijkl-mnop'
const uri = (key: string) => `at://${did}/app.bsky.feed.post/${key}`
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

const nameOf = ({ path }: Request) => path.split('?')[0]?.split('.').at(-1) ?? ''

async function start(answer: (name: string, request: Request) => Answer | undefined) {
  const seen: Request[] = []
  const { url, close } = await serve((request) => {
    seen.push(request)
    return answer(nameOf(request), request) ?? { status: 500, body: { error: 'Untold' } }
  })
  closing.push(close)
  return { url, seen, asked: () => seen.map(nameOf) }
}

const session = { did, handle: 'crier.test', active: true, accessJwt: 'a', refreshJwt: 'r' }

/** A PDS with its AppView, and with `appview` one elsewhere. */
async function connect(answers: Record<string, Answer | undefined>, appview?: string) {
  const pds = await start((name) => ({ createSession: { body: session }, ...answers })[name])
  const own = { handle: 'crier.test', appPassword, service: pds.url, ...(appview && { appview }) }
  const connection = await open(own, memoryVault(), { clock: () => now, connectMs: 1000 })
  closing.push(() => connection.close())
  const count = (...ids: string[]) =>
    connection.engagement(
      ids.map((id) => ({ id, url: null })),
      soon(),
    )
  return { pds, count }
}

const post = (key: string, more: object = {}) => ({
  uri: uri(key),
  cid,
  author: { did, handle: 'crier.test' },
  record: { $type: 'app.bsky.feed.post', text: '', createdAt: now.toISOString() },
  indexedAt: now.toISOString(),
  ...{ likeCount: 3, repostCount: 2, replyCount: 1, quoteCount: 0, bookmarkCount: 9 },
  ...more,
})
const posts = (...all: object[]): Answer => ({ body: { posts: all } })
const counted = { likes: 3, reposts: 2, replies: 1, quotes: 0, views: null, rounded: [] }
const absent = { status: 400, body: { error: 'RecordNotFound', message: 'Could not locate' } }
const page = { headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html><title>…</title>' }
const record = { body: { uri: uri('1'), cid, value: {} } }

describe('where counts are asked for', () => {
  test.each([
    ['https://bsky.social/', undefined, 'https://public.api.bsky.app/'],
    ['https://morel.us-east.host.bsky.network/', undefined, 'https://public.api.bsky.app/'],
    ['https://pds.town.example/', undefined, null],
    ['https://host.bsky.network.example/', undefined, null],
    ['http://127.0.0.1:8123/', undefined, null],
    ['https://bsky.social/', 'https://view.example/', 'https://view.example/'],
    ['https://pds.town.example/', 'https://view.example/', 'https://view.example/'],
  ])('an account on %s, the setting %s: %s', (service, appview, root) => {
    const own = { handle: 'crier.test', appPassword, service, ...(appview && { appview }) }
    expect(appviewOf(own)).toBe(root)
  })

  test('an AppView of its own needs no log-in and gets no token', async () => {
    const view = await start(() => posts(post('1'), post('2')))
    const { pds, count } = await connect({}, view.url)
    expect(await count(uri('2'), uri('1'))).toEqual([counted, counted])
    const [request, ...others] = view.seen
    const uris = new URLSearchParams(request?.path.split('?')[1]).getAll('uris')
    expect(uris).toEqual([uri('2'), uri('1')])
    expect([request?.headers.authorization, others, pds.seen]).toEqual([undefined, [], []])
  })

  test('what it leaves out is looked for in the account’s own repository', async () => {
    const view = await start(() => posts())
    const { pds, count } = await connect({ getRecord: record }, view.url)
    expect(await count(uri('1'))).toEqual(['unknown'])
    expect(pds.asked()).toEqual(['createSession', 'getRecord'])
  })

  test('through the account’s server with its session, which is renewed on the way', async () => {
    let expired = true
    const pds = await start((name) => {
      if (name === 'createSession' || name === 'refreshSession') return { body: session }
      if (!expired) return posts(post('1'))
      expired = false
      return { status: 400, body: { error: 'ExpiredToken', message: 'Token has expired' } }
    })
    const own = { handle: 'crier.test', appPassword, service: pds.url }
    const connection = await open(own, memoryVault(), { clock: () => now, connectMs: 1000 })
    closing.push(() => connection.close())
    expect(await connection.engagement([{ id: uri('1'), url: null }], soon())).toEqual([counted])
    expect(pds.asked()).toEqual(['createSession', 'getPosts', 'refreshSession', 'getPosts'])
    expect(pds.seen.at(-1)?.headers.authorization).toBe('Bearer a')
  })
})

test.each<[string, object, object]>([
  ['a count that is left out', { quoteCount: undefined }, { quotes: null }],
  ['less than none', { likeCount: -1 }, { likes: null }],
])('%s cannot be known', async (_, told, known) => {
  const { count } = await connect({ getPosts: posts(post('1', told), post('2')) })
  expect(await count(uri('1'), uri('2'))).toEqual([{ ...counted, ...known }, counted])
})

test('no counts at all', async () => {
  const none = { likeCount: undefined, repostCount: undefined, replyCount: undefined }
  const { count } = await connect({
    getPosts: posts(post('1', { ...none, quoteCount: undefined })),
  })
  const unknown = { likes: null, reposts: null, replies: null, quotes: null }
  expect(await count(uri('1'))).toEqual([{ ...unknown, views: null, rounded: [] }])
})

test.each<[string, Answer, string]>([
  ['a page', page, 'unavailable'],
  ['another page', { ...page, status: 502 }, 'unavailable'],
  ['posts that are none', { body: { posts: 7 } }, 'unavailable'],
  ['counts that are no numbers', posts(post('1', { likeCount: '1.2K' })), 'unavailable'],
  ['the way elsewhere', { status: 302, headers: { location: '/' } }, 'unavailable'],
  [
    'an AppView that is away',
    { status: 502, body: { error: 'UpstreamFailure', message: 'Upstream service unreachable' } },
    'unavailable',
  ],
  [
    'a server without one',
    { status: 404, body: { error: 'XRPCNotSupported', message: 'Method Not Found' } },
    'rejected',
  ],
])('%s instead of counts', async (_, getPosts, kind) => {
  const { pds, count } = await connect({ getPosts })
  expect((await failureOf(count(uri('1')), [appPassword])).kind).toBe(kind)
  expect(pds.asked().filter((name) => name !== 'createSession')).toEqual(['getPosts'])
})

test('too many requests, with the moment to come back', async () => {
  const headers = { 'ratelimit-reset': String(now.getTime() / 1000 + 93) }
  const body = { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' }
  const view = await start(() => ({ status: 429, headers, body }))
  const { count } = await connect({}, view.url)
  const error = await failureOf(count(uri('1')), [appPassword])
  expect([error.kind, error.retryAt]).toEqual(['rate-limited', new Date(now.getTime() + 93_000)])
})

describe('one that is left out, asked for alone', () => {
  const active = { body: { did, handle: 'crier.test', active: true } }
  const off = { body: { did, handle: 'crier.test', active: false, status: 'deactivated' } }
  const alone = (getRecord: Answer, getSession: Answer = active) =>
    connect({ getPosts: posts(), getRecord, getSession })

  test('is gone where the repository lacks it', async () => {
    const { pds, count } = await alone(absent)
    expect(await count(uri(publication.key))).toEqual(['gone'])
    const { path = '' } = pds.seen.find((request) => nameOf(request) === 'getRecord') ?? {}
    expect(Object.fromEntries(new URLSearchParams(path.split('?')[1]))).toEqual({
      ...{ repo: did, collection: 'app.bsky.feed.post', rkey: publication.key },
    })
  })

  test.each<[string, Answer]>([
    ['stands there', record],
    [
      'the repository is not found',
      { status: 400, body: { error: 'InvalidRequest', message: '' } },
    ],
  ])('%s: nobody knows', async (_, getRecord) => {
    expect(await (await alone(getRecord)).count(uri('1'))).toEqual(['unknown'])
  })

  test.each<[string, Answer]>([
    ['a page', page],
    ['503', { ...page, status: 503 }],
  ])('%s proves nothing', async (_, getRecord) => {
    const error = await failureOf((await alone(getRecord)).count(uri('1')), [appPassword])
    expect(error.kind).toBe('unavailable')
  })

  test('of an account that is switched off nothing is gone', async () => {
    const error = await failureOf((await alone(absent, off)).count(uri('1')), [appPassword])
    expect([error.kind, error.reason]).toEqual(['unauthorized', 'the account is deactivated'])
  })

  test('another account’s post is never said to be gone', async () => {
    const { pds, count } = await alone(absent)
    const foreign = 'at://did:plc:zzzzzzzzzzzzzzzzzzzzzzzz/app.bsky.feed.post/3mgaaaaaaaaa2'
    expect(await count(foreign)).toEqual(['unknown'])
    expect(pds.asked()).not.toContain('getRecord')
  })
})
