import path from 'node:path'
import { AtpAgent } from '@atproto/api'
import { createRestAPIClient } from 'masto'
import { afterEach, describe, expect, test } from 'vitest'
import { bluesky, type BlueskyOptions, startBluesky } from '../../../src/sandbox/bluesky.ts'
import { mastodon, type MastodonOptions, startMastodon } from '../../../src/sandbox/mastodon.ts'
import type { StandIn } from '../../../src/sandbox/stand-in.ts'
import { temporaryFolder } from '../../support/store.ts'

const opened: StandIn[] = []
afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())))

const POST = 'app.bsky.feed.post'
const keys = ['3mabcdefghi2a', '3mabcdefghi2b', '3mabcdefghi2c']
const uri = (key = keys[0]) => `at://${bluesky.did}/${POST}/${key}`

async function onBluesky(options: Partial<BlueskyOptions> = {}, count = 1) {
  const standIn = await startBluesky({ port: 0, file: null, ...options })
  opened.push(standIn)
  const agent = new AtpAgent({ service: standIn.url })
  await agent.login({ identifier: bluesky.handle, password: bluesky.appPassword })
  const put = (rkey: string) =>
    agent.com.atproto.repo.putRecord({
      ...{ repo: bluesky.did, collection: POST, rkey },
      record: { $type: POST, text: 'Bonjour', createdAt: '2026-11-24T04:05:06Z' },
    })
  for (const rkey of keys.slice(0, count)) await put(rkey)
  const seen = async (...uris: string[]) =>
    (await new AtpAgent({ service: standIn.url }).app.bsky.feed.getPosts({ uris })).data.posts
  return { standIn, agent, put, seen }
}

async function onMastodon(options: Partial<MastodonOptions> = {}, count = 1) {
  const standIn = await startMastodon({ port: 0, file: null, ...options })
  opened.push(standIn)
  const client = createRestAPIClient({ url: standIn.url, accessToken: mastodon.accessToken })
  const ids: string[] = []
  for (let number = 0; number < count; number += 1)
    ids.push((await client.v1.statuses.create({ status: `Bonjour ${number}` })).id)
  return { standIn, client, ids }
}

const order = (standIn: StandIn, door: string, body: object) =>
  fetch(`${standIn.url}/_/${door}`, { method: 'POST', body: JSON.stringify(body) })

describe('what readers did', () => {
  test('is set by id or address, by method or door, and stands as it was set last', async () => {
    const { standIn, seen } = await onBluesky()
    const url = standIn.posts()[0]?.url ?? ''
    standIn.counts({ id: uri(), likes: 3, quotes: 1 })
    expect(await seen(uri())).toMatchObject([
      { uri: uri(), likeCount: 3, repostCount: 0, replyCount: 0, quoteCount: 1 },
    ])
    const answer = await order(standIn, 'counts', { url, likes: 1, reposts: 2, replies: 4 })
    expect(answer.status).toBe(204)
    expect(await seen(uri())).toMatchObject([
      { likeCount: 1, repostCount: 2, replyCount: 4, quoteCount: 0 },
    ])
  })

  test('is told by each of Mastodon’s calls', async () => {
    const { standIn, client, ids } = await onMastodon({}, 2)
    const [id = '', other = ''] = ids
    standIn.counts({
      url: standIn.posts()[0]?.url ?? '',
      likes: 3,
      reposts: 2,
      replies: 1,
      quotes: 4,
    })
    const counts = { favouritesCount: 3, reblogsCount: 2, repliesCount: 1, quotesCount: 4 }
    expect(await client.v1.statuses.$select(id).fetch()).toMatchObject({ id, ...counts })
    const both = await client.v1.statuses.fetch({ id: [id, other] })
    expect(both).toMatchObject([
      { id: other, favouritesCount: 0 },
      { id, ...counts },
    ])
    const { account } = await client.v1.statuses.$select(id).fetch()
    const own = await client.v1.accounts.$select(account.id).statuses.list()
    expect(own).toMatchObject([{ id: other }, { id, ...counts }])
  })

  test('quotes are not counted before 4.5', async () => {
    const { client, ids } = await onMastodon({ quotes: false })
    const [status] = await client.v1.statuses.fetch({ id: ids })
    expect(status).toMatchObject({ favouritesCount: 0 })
    expect(status).not.toHaveProperty('quotesCount')
  })

  test.each([
    ['counts', { id: uri('3mzzzzzzzzzzz'), likes: 1 }],
    ['counts', { url: 'https://bsky.app/profile/belle-ecluse.test/post/no', likes: 1 }],
    ['counts', { likes: 1 }],
    ['counts', { id: uri(), likes: -1 }],
    ['counts', { id: uri(), likes: 1.5 }],
    ['counts', { id: uri(), hearts: 1 }],
    ['remove', { id: uri('3mzzzzzzzzzzz') }],
    ['remove', {}],
  ])('%s %j is no order', async (door, body) => {
    const { standIn, seen } = await onBluesky()
    expect((await order(standIn, door, body)).status).toBe(400)
    expect(await seen(uri())).toMatchObject([{ likeCount: 0 }])
  })
})

describe('a post that is deleted by hand', () => {
  test('is nowhere on Bluesky, until it is put again', async () => {
    const { standIn, agent, put, seen } = await onBluesky({}, 2)
    expect((await order(standIn, 'remove', { id: uri() })).status).toBe(204)
    expect(await seen(uri(), uri(keys[1]))).toMatchObject([{ uri: uri(keys[1]) }])
    const where = { repo: bluesky.did, collection: POST, rkey: keys[0] ?? '' }
    await expect(agent.com.atproto.repo.getRecord(where)).rejects.toMatchObject({
      error: 'RecordNotFound',
    })
    expect(standIn.posts().map(({ id }) => id)).toEqual([uri(keys[1])])
    expect(standIn.removed().map(({ id }) => id)).toEqual([uri()])
    expect(() => standIn.remove({ id: uri() })).toThrow('no post')
    expect((await put(keys[0] ?? '')).data).toHaveProperty('commit')
    expect(await seen(uri())).toMatchObject([{ uri: uri() }])
    expect(standIn.posts()[0]).toMatchObject({ edits: 0, requests: 2 })
  })

  test('is nowhere on Mastodon, and nobody may answer it', async () => {
    const { standIn, client, ids } = await onMastodon({}, 2)
    const [id = '', other = ''] = ids
    const { account, url } = await client.v1.statuses.$select(id).fetch()
    standIn.remove({ id })
    expect(await client.v1.statuses.fetch({ id: ids })).toMatchObject([{ id: other }])
    expect(await client.v1.accounts.$select(account.id).statuses.list()).toMatchObject([
      { id: other },
    ])
    const lost = { statusCode: 404, message: 'Record not found' }
    await expect(client.v1.statuses.$select(id).fetch()).rejects.toMatchObject(lost)
    expect((await fetch(String(url))).status).toBe(404)
    const reply = client.v1.statuses.create({ status: 'Suite', inReplyToId: id })
    await expect(reply).rejects.toMatchObject({ statusCode: 404 })
  })

  test('is not found under the key it was posted with', async () => {
    const { standIn, client } = await onMastodon({}, 0)
    const requestInit = { headers: { 'Idempotency-Key': 'k1' } }
    const post = () => client.v1.statuses.create({ status: 'Bonjour' }, { requestInit })
    standIn.remove({ id: (await post()).id })
    await expect(post()).rejects.toMatchObject({ statusCode: 404 })
  })
})

test('what readers did and what was deleted outlives a restart', async () => {
  await using home = await temporaryFolder()
  const file = path.join(home.folder, 'bluesky.jsonl')
  const { standIn, put } = await onBluesky({ file }, 3)
  standIn.counts({ id: uri(keys[0]), likes: 5 })
  standIn.counts({ id: uri(keys[0]), likes: 4 })
  standIn.remove({ id: uri(keys[1]) })
  standIn.remove({ id: uri(keys[2]) })
  await put(keys[2] ?? '')
  await standIn.close()
  const again = await onBluesky({ file }, 0)
  expect(await again.seen(...keys.map(uri))).toMatchObject([
    { uri: uri(keys[0]), likeCount: 4 },
    { uri: uri(keys[2]), likeCount: 0 },
  ])
})

test('the same on Mastodon', async () => {
  await using home = await temporaryFolder()
  const file = path.join(home.folder, 'mastodon.jsonl')
  const { standIn, ids } = await onMastodon({ file }, 2)
  const [id = '', other = ''] = ids
  standIn.counts({ id, likes: 5 })
  standIn.remove({ id: other })
  await standIn.close()
  const { client } = await onMastodon({ file }, 0)
  expect(await client.v1.statuses.fetch({ id: ids })).toMatchObject([{ id, favouritesCount: 5 }])
})

describe('getPosts', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => uri(`3m${String(at).padStart(11, '2')}`))
  const ask = (standIn: StandIn, query: [string, string][], token?: string) =>
    fetch(`${standIn.url}/xrpc/app.bsky.feed.getPosts?${new URLSearchParams(query).toString()}`, {
      headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    })

  test.each([
    [26, 400],
    [25, 200],
    [0, 400],
  ])('%i at once: %i', async (count, status) => {
    const { standIn } = await onBluesky()
    const query = many(count).map((one): [string, string] => ['uris', one])
    expect((await ask(standIn, query)).status).toBe(status)
  })

  test.each<[string, [string, string][]]>([
    ['another name', [['uris[]', uri()]]],
    ['no address', [['uris', 'certainly']]],
    ['a web address', [['uris', 'https://bsky.app/profile/belle-ecluse.test/post/1']]],
    ['an account', [['uris', `at://${bluesky.did}`]]],
  ])('%s is refused', async (_, query) => {
    const { standIn } = await onBluesky()
    const answer = await ask(standIn, query)
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: 'InvalidRequest' }])
  })

  test('with a log-in the log-in must be good', async () => {
    let at = new Date('2026-11-24T04:00:00Z')
    const { standIn, agent } = await onBluesky({ clock: () => at })
    const token = agent.session?.accessJwt ?? ''
    expect((await ask(standIn, [['uris', uri()]], token)).status).toBe(200)
    at = new Date('2026-11-24T06:00:01Z')
    const late = await ask(standIn, [['uris', uri()]], token)
    expect([late.status, await late.json()]).toMatchObject([400, { error: 'ExpiredToken' }])
    expect((await ask(standIn, [['uris', uri()]], 'nothing')).status).toBe(400)
    expect((await ask(standIn, [['uris', uri()]])).status).toBe(200)
  })

  test('of an account that is switched off nothing is shown', async () => {
    await using home = await temporaryFolder()
    const file = path.join(home.folder, 'bluesky.jsonl')
    const { standIn } = await onBluesky({ file })
    await standIn.close()
    const accounts = [{ ...bluesky, state: 'deactivated' as const }]
    const { agent, seen } = await onBluesky({ file, accounts }, 0)
    expect(await seen(uri())).toEqual([])
    const where = { repo: bluesky.did, collection: POST, rkey: keys[0] ?? '' }
    await expect(agent.com.atproto.repo.getRecord(where)).rejects.toMatchObject({
      error: 'RecordNotFound',
    })
  })
})

describe('statuses?id[]', () => {
  const ask = (standIn: StandIn, ids: string[], token: string | null = mastodon.accessToken) =>
    fetch(
      `${standIn.url}/api/v1/statuses?${new URLSearchParams(ids.map((id): [string, string] => ['id[]', id])).toString()}`,
      { headers: { ...(token !== null && { authorization: `Bearer ${token}` }) } },
    )
  const numbers = (count: number) => Array.from({ length: count }, (_, at) => String(1000 + at))

  test('20 at once and no more, each counted once', async () => {
    const { standIn, ids } = await onMastodon()
    const twenty = [...ids, ...numbers(19)]
    const answer = await ask(standIn, [...twenty, ...twenty])
    expect([answer.status, await answer.json()]).toMatchObject([200, [{ id: ids[0] }]])
    expect((await ask(standIn, numbers(21))).status).toBe(422)
    const none = await ask(standIn, ['certainly'])
    expect([none.status, await none.json()]).toEqual([200, []])
  })

  test.each([
    ['without a token', null, 200],
    ['with a wrong one', 'wrong-token-of-somebody', 401],
    ['with one that may not read', 'the-token-of-eve', 403],
  ])('%s', async (_, token, status) => {
    const eve = { username: 'eve', accessToken: 'the-token-of-eve', scopes: ['write:statuses'] }
    const { standIn, ids } = await onMastodon({ accounts: [mastodon, eve] })
    expect((await ask(standIn, ids, token)).status).toBe(status)
    const headers = { ...(token !== null && { authorization: `Bearer ${token}` }) }
    const one = await fetch(`${standIn.url}/api/v1/statuses/${ids[0]}`, { headers })
    expect(one.status).toBe(status)
  })

  test('what is not for everybody is left out for strangers', async () => {
    const { standIn, client, ids } = await onMastodon()
    const hidden = await client.v1.statuses.create({ status: 'Pour moi', visibility: 'direct' })
    const all = [...ids, hidden.id]
    expect(await (await ask(standIn, all, null)).json()).toHaveLength(1)
    expect(await (await ask(standIn, all)).json()).toHaveLength(2)
  })

  test('is a page that says 404 before 4.3', async () => {
    const { standIn, client, ids } = await onMastodon({ severalAtOnce: false })
    const answer = await ask(standIn, ids)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      404,
      'text/html; charset=utf-8',
    ])
    expect(await client.v1.statuses.$select(ids[0] ?? '').fetch()).toMatchObject({ id: ids[0] })
  })
})
