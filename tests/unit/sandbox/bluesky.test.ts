import { AtpAgent } from '@atproto/api'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { cidOf } from '../../../src/sandbox/bluesky/cid.ts'
import { bluesky, type BlueskyOptions, startBluesky } from '../../../src/sandbox/bluesky.ts'
import type { StandIn } from '../../../src/sandbox/stand-in.ts'

const POST = 'app.bsky.feed.post'
const RKEY = '3mabcdefghi2a'
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

const opened: StandIn[] = []
afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())))

async function start(options: Partial<BlueskyOptions> = {}) {
  const standIn = await startBluesky({ port: 0, file: null, ...options })
  opened.push(standIn)
  const agent = new AtpAgent({ service: standIn.url })
  const logIn = () => agent.login({ identifier: bluesky.handle, password: bluesky.appPassword })
  const put = (record: object, rkey = RKEY) =>
    agent.com.atproto.repo.putRecord({
      ...{ repo: bluesky.did, collection: POST, rkey },
      record: { ...record },
    })
  return { standIn, agent, logIn, put }
}

const record = (more: object = {}) => ({
  $type: POST,
  text: 'Bonjour',
  createdAt: '2026-11-24T04:05:06.789Z',
  ...more,
})

const session = z.object({ accessJwt: z.string(), refreshJwt: z.string() })

/** Tokens by hand, as a client without manners would take them. */
async function tokens({ url }: StandIn) {
  const response = await fetch(`${url}/xrpc/com.atproto.server.createSession`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ identifier: bluesky.did, password: bluesky.appPassword }),
  })
  return session.parse(await response.json())
}

async function ask({ url }: StandIn, method: string, token: string, init: RequestInit = {}) {
  const response = await fetch(`${url}/xrpc/${method}`, {
    ...init,
    headers: { authorization: `Bearer ${token}` },
  })
  const body: unknown = await response.json()
  return { status: response.status, body }
}

const refresh = (standIn: StandIn, token: string) =>
  ask(standIn, 'com.atproto.server.refreshSession', token, { method: 'POST' })

describe('a session', () => {
  test('a login tells who it is and stays at this address', async () => {
    const { agent, logIn, standIn } = await start()
    const { data } = await logIn()
    expect(data).toMatchObject({ did: bluesky.did, handle: bluesky.handle, active: true })
    expect(data).not.toHaveProperty('didDoc')
    expect((await agent.com.atproto.server.getSession()).data.did).toBe(bluesky.did)
    expect(agent.dispatchUrl.origin).toBe(standIn.url)
  })

  test.each([
    [{ identifier: 'nobody.test', password: bluesky.appPassword }, 401, 'AuthenticationRequired'],
    [
      { identifier: bluesky.handle, password: 'abcd-abcd-abcd-abcd' },
      401,
      'AuthenticationRequired',
    ],
  ])('a wrong name or password is refused', async (login, status, error) => {
    const { agent } = await start()
    await expect(agent.login(login)).rejects.toMatchObject({ status, error })
  })

  test('the thirty-first login in five minutes is barred, with the wait in the headers', async () => {
    const at = new Date('2026-11-24T04:01:00Z')
    const { logIn } = await start({ clock: () => at })
    for (let count = 0; count < 30; count += 1) await logIn()
    await expect(logIn()).rejects.toMatchObject({
      status: 429,
      error: 'RateLimitExceeded',
      headers: { 'ratelimit-policy': '30;w=300', 'retry-after': '240' },
    })
  })

  test('an expired access token is a 400 that the official client mends by refreshing', async () => {
    let at = new Date('2026-11-24T04:00:00Z')
    const { standIn, agent, logIn, put } = await start({ clock: () => at })
    await logIn()
    const old = agent.session?.accessJwt ?? ''
    at = new Date('2026-11-24T06:00:01Z')
    expect(await ask(standIn, 'com.atproto.server.getSession', old)).toEqual({
      status: 400,
      body: { error: 'ExpiredToken', message: 'Token has expired' },
    })
    await put(record())
    expect(agent.session?.accessJwt).not.toBe(old)
    const logins = standIn.seen().filter(({ path }) => path.includes('createSession'))
    expect(logins).toHaveLength(1)
  })

  test('a used refresh token goes on for two hours, then is revoked', async () => {
    let at = new Date('2026-11-24T04:00:00Z')
    const { standIn } = await start({ clock: () => at })
    const { refreshJwt } = await tokens(standIn)
    const first = await refresh(standIn, refreshJwt)
    at = new Date('2026-11-24T05:59:00Z')
    expect((await refresh(standIn, refreshJwt)).status).toBe(200)
    expect(first.status).toBe(200)
    at = new Date('2026-11-24T06:00:01Z')
    expect(await refresh(standIn, refreshJwt)).toEqual({
      status: 400,
      body: { error: 'ExpiredToken', message: 'Token has been revoked' },
    })
    expect((await refresh(standIn, session.parse(first.body).refreshJwt)).status).toBe(200)
  })

  test('tokens are told apart', async () => {
    const { standIn } = await start()
    const { accessJwt, refreshJwt } = await tokens(standIn)
    const get = 'com.atproto.server.getSession'
    expect(await ask(standIn, get, refreshJwt)).toMatchObject({
      body: { error: 'InvalidToken', message: 'Bad token scope' },
    })
    expect(await ask(standIn, get, `${accessJwt}x`)).toMatchObject({
      status: 400,
      body: { error: 'InvalidToken', message: 'Token could not be verified' },
    })
    expect(await (await fetch(`${standIn.url}/xrpc/${get}`)).json()).toEqual({
      error: 'AuthMissing',
      message: 'Authentication Required',
    })
  })

  test.each([
    ['deactivated', 'AccountDeactivated'],
    ['takendown', 'AccountTakedown'],
  ] as const)('an account that is %s may not post', async (state, error) => {
    const { logIn, put } = await start({ accounts: [{ ...bluesky, state }] })
    const posting = logIn().then(() => put(record()))
    await expect(posting).rejects.toMatchObject({ status: 401, error })
  })
})

describe('a post', () => {
  test('stands under its key and can be read back', async () => {
    const { standIn, agent, logIn, put } = await start()
    await logIn()
    const { data, headers } = await put(record())
    expect(data.uri).toBe(`at://${bluesky.did}/${POST}/${RKEY}`)
    expect(data.cid).toMatch(/^bafyrei[a-z2-7]{52}$/)
    expect(headers).toMatchObject({
      'ratelimit-limit': '5000',
      'ratelimit-remaining': '4998',
      'ratelimit-policy': '5000;w=3600',
    })
    const read = await agent.com.atproto.repo.getRecord({
      ...{ repo: bluesky.handle, collection: POST, rkey: RKEY },
    })
    expect(read.data).toEqual({ uri: data.uri, cid: data.cid, value: record() })
    expect(standIn.posts()[0]?.url).toBe(`https://bsky.app/profile/${bluesky.handle}/post/${RKEY}`)
  })

  test('the same again, even at once, is one post without a commit; another one is an edit', async () => {
    const { standIn, logIn, put } = await start()
    await logIn()
    const answers = await Promise.all([1, 2, 3, 4].map(() => put(record())))
    expect(new Set(answers.map(({ data }) => data.cid)).size).toBe(1)
    expect(answers.filter(({ data }) => data.commit)).toHaveLength(1)
    expect(standIn.posts()).toMatchObject([{ requests: 4, edits: 0 }])
    const { data } = await put(record({ text: 'Autre' }))
    expect(data.cid).not.toBe(answers[0]?.data.cid)
    expect(standIn.posts()).toMatchObject([{ requests: 5, edits: 1, wire: { text: 'Autre' } }])
  })

  test('reading what is not there says so', async () => {
    const { agent } = await start()
    const reading = agent.com.atproto.repo.getRecord({
      ...{ repo: bluesky.did, collection: POST, rkey: RKEY },
    })
    await expect(reading).rejects.toMatchObject({ status: 400, error: 'RecordNotFound' })
  })

  const facet = (byteStart: number, byteEnd: number) => ({
    index: { byteStart, byteEnd },
    features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://exemple.fr' }],
  })
  test.each<[string, object, string]>([
    [
      '301 graphemes',
      { text: 'é'.repeat(301) },
      'grapheme too big (maximum 300, got 301) at $.record.text',
    ],
    [
      'more than 3000 bytes',
      { text: '👨‍👩‍👧‍👦'.repeat(121) },
      'string too big (maximum 3000, got 3025) at $.record.text',
    ],
    [
      'four languages',
      { langs: ['fr', 'en', 'de', 'it'] },
      'array too big (maximum 3, got 4) at $.record.langs',
    ],
    ['no moment', { createdAt: 'today' }, 'Record/createdAt must be an valid atproto datetime'],
    [
      'a moment without a zone',
      { createdAt: '2026-11-24T12:00:00' },
      'Invalid datetime (got "2026-11-24T12:00:00") at $.record.createdAt',
    ],
    ['text of the wrong type', { text: 5 }, 'Record/text must be a string'],
    [
      'a link that is none',
      {
        facets: [
          { ...facet(0, 3), features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'x' }] },
        ],
      },
      'Record/facets/0/features/0/uri must be a uri',
    ],
    ['a facet past the end', { facets: [facet(0, 8)] }, 'facet 0-8 passes the end of the text'],
    ['an empty facet', { facets: [facet(2, 2)] }, 'facet 2-2 is empty'],
    [
      'a facet inside a character',
      { text: 'été', facets: [facet(0, 1)] },
      'facet 0-1 splits a character',
    ],
    ['facets that overlap', { facets: [facet(3, 6), facet(0, 4)] }, 'facet 3-6 overlaps another'],
    [
      'a card without title',
      { embed: { $type: 'app.bsky.embed.external', external: { uri: 'https://exemple.fr' } } },
      'Record/embed/external must have the property "title"',
    ],
  ])('%s is refused', async (_what, more, said) => {
    const { standIn, logIn, put } = await start()
    await logIn()
    await expect(put(record(more))).rejects.toMatchObject({
      status: 400,
      error: 'InvalidRequest',
      message: expect.stringContaining(said),
    })
    expect(standIn.posts()).toEqual([])
  })

  test('a key that is no TID, a foreign repository and another collection are refused', async () => {
    const other = { ...bluesky, did: 'did:plc:othersandboxothersandbox', handle: 'autre.test' }
    const { agent, logIn, put } = await start({ accounts: [bluesky, other] })
    await logIn()
    await expect(put(record(), 'a b')).rejects.toThrow('Invalid record key: a b')
    const elsewhere = (change: object) =>
      agent.com.atproto.repo.putRecord({
        ...{ repo: bluesky.did, collection: POST, rkey: RKEY, record: record(), ...change },
      })
    await expect(elsewhere({ repo: other.did })).rejects.toMatchObject({ status: 401 })
    await expect(elsewhere({ repo: 'did:plc:nobody' })).rejects.toMatchObject({
      status: 403,
      error: 'AccountNotFound',
    })
    await expect(elsewhere({ collection: 'app.bsky.feed.like' })).rejects.toMatchObject({
      status: 400,
    })
    await expect(
      agent.com.atproto.repo.createRecord({
        ...{ repo: bluesky.did, collection: POST, record: record() },
      }),
    ).rejects.toMatchObject({ status: 404, error: 'XRPCNotSupported' })
  })

  test('a wrong swap is refused with what stands', async () => {
    const { agent, logIn, put } = await start()
    await logIn()
    const { data } = await put(record())
    const swap = agent.com.atproto.repo.putRecord({
      ...{ repo: bluesky.did, collection: POST, rkey: RKEY },
      record: record({ text: 'Bonsoir' }),
      swapRecord: null,
    })
    await expect(swap).rejects.toThrow(`Record was at ${data.cid}`)
  })

  test('a put takes two points of the hour, whether it changes anything or not', async () => {
    const at = new Date('2026-11-24T04:30:00Z')
    const { logIn, put } = await start({ clock: () => at, pointsPerHour: 4 })
    await logIn()
    await put(record())
    await put(record())
    await expect(put(record())).rejects.toMatchObject({
      status: 429,
      error: 'RateLimitExceeded',
      headers: { 'ratelimit-remaining': '0', 'retry-after': '1800' },
    })
  })
})

describe('a picture', () => {
  const external = { uri: 'https://exemple.fr/a', title: 'Titre', description: '' }
  const card = (thumb: unknown) =>
    record({ embed: { $type: 'app.bsky.embed.external', external: { ...external, thumb } } })

  test('the same bytes give the same reference, typed by what they are', async () => {
    const { agent, logIn, put } = await start()
    await logIn()
    const first = await agent.uploadBlob(PNG, { encoding: 'image/jpeg' })
    const second = await agent.uploadBlob(PNG, { encoding: 'image/jpeg' })
    expect(first.data.blob.toJSON()).toEqual(second.data.blob.toJSON())
    expect(first.data.blob.mimeType).toBe('image/png')
    await put(card(first.data.blob))
  })

  test('the reference is the CID of the bytes', () => {
    // multiformats, CIDv1 raw sha2-256 of «hello world»
    expect(cidOf('raw', 'hello world')).toBe(
      'bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e',
    )
  })

  test('nothing, and more than 5 MiB, is refused', async () => {
    const { agent, logIn } = await start()
    await logIn()
    const none = agent.uploadBlob(new Uint8Array(), { encoding: 'image/png' })
    await expect(none).rejects.toMatchObject({ status: 400 })
    const large = agent.uploadBlob(Buffer.alloc(5 * 1024 * 1024 + 1), { encoding: 'image/png' })
    await expect(large).rejects.toMatchObject({ status: 413, error: 'PayloadTooLarge' })
  })

  test('a card’s picture must be uploaded, be a picture, and stay under a million bytes', async () => {
    const { agent, logIn, put } = await start()
    await logIn()
    const ref = { $link: cidOf('raw', 'never uploaded') }
    const unknown = { $type: 'blob', ref, mimeType: 'image/png', size: 5 }
    await expect(put(card(unknown))).rejects.toMatchObject({ error: 'BlobNotFound' })
    const large = await agent.uploadBlob(Buffer.concat([PNG, Buffer.alloc(1_000_000)]), {
      encoding: 'image/png',
    })
    await expect(put(card(large.data.blob))).rejects.toThrow(
      'blob too big (maximum 1000000, got 1000016) at $.record.embed.external.thumb',
    )
    const text = await agent.uploadBlob(Buffer.from('bonjour'), { encoding: 'text/plain' })
    await expect(put(card(text.data.blob))).rejects.toThrow('expected a blob of type image/*')
    const { data } = await agent.uploadBlob(PNG, { encoding: 'image/png' })
    const stored = data.blob.ipld()
    await expect(put(card({ ...stored, size: 3 }))).rejects.toMatchObject({ error: 'InvalidSize' })
    await expect(put(card({ ...stored, mimeType: 'image/gif' }))).rejects.toMatchObject({
      error: 'InvalidMimeType',
    })
  })
})
