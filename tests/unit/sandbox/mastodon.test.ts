import { createRestAPIClient } from 'masto'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { countOf, stripped } from '../../../src/sandbox/mastodon/count.ts'
import { mastodon, type MastodonOptions, startMastodon } from '../../../src/sandbox/mastodon.ts'
import type { StandIn } from '../../../src/sandbox/stand-in.ts'
import counting from '../../specs/counting.json' with { type: 'json' }

const opened: StandIn[] = []
afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())))

async function start(options: Partial<MastodonOptions> = {}) {
  const standIn = await startMastodon({ port: 0, file: null, ...options })
  opened.push(standIn)
  const client = createRestAPIClient({ url: standIn.url, accessToken: mastodon.accessToken })
  const post = (status: string, key: string) =>
    client.v1.statuses.create({ status }, { requestInit: { headers: { 'Idempotency-Key': key } } })
  return { standIn, client, post }
}

const said = z.looseObject({ error: z.string() })

async function ask(
  { url }: StandIn,
  path: string,
  { token = mastodon.accessToken, json }: { token?: string | null; json?: unknown } = {},
) {
  const response = await fetch(`${url}${path}`, {
    method: json === undefined ? 'GET' : 'POST',
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      'content-type': 'application/json',
    },
    ...(json !== undefined && { body: typeof json === 'string' ? json : JSON.stringify(json) }),
  })
  return { status: response.status, body: said.parse(await response.json()) }
}

describe('an instance', () => {
  test('says what it allows, who the account is and what the token may', async () => {
    const { standIn, client } = await start({ maxCharacters: 700 })
    const { version, configuration, apiVersions } = await client.v2.instance.fetch()
    expect(version).toBe('4.5.3')
    expect(apiVersions).toEqual({ mastodon: 7 })
    expect(configuration.statuses).toMatchObject({
      maxCharacters: 700,
      charactersReservedPerUrl: 23,
    })
    expect(await client.v1.accounts.verifyCredentials()).toMatchObject({
      acct: mastodon.username,
      url: `${standIn.url}/@${mastodon.username}`,
      source: { privacy: 'public' },
    })
    const app = await client.v1.apps.verifyCredentials()
    expect(app.scopes).toEqual(['read:accounts', 'read:statuses', 'write:media', 'write:statuses'])
  })

  test.each([
    ['a wrong token', 'wrong-token-of-somebody', {}, 401, 'The access token is invalid'],
    ['no token', null, {}, 401, 'The access token is invalid'],
    [
      'a token without the scope',
      mastodon.accessToken,
      { scopes: ['read'] },
      403,
      'This action is outside the authorized scopes',
    ],
    [
      'a revoked token',
      mastodon.accessToken,
      { state: 'revoked' as const },
      401,
      'The access token was revoked',
    ],
    [
      'a closed account',
      mastodon.accessToken,
      { state: 'disabled' as const },
      403,
      'Your login is currently disabled',
    ],
  ])('%s posts nothing', async (_what, token, more, status, error) => {
    const { standIn } = await start({ accounts: [{ ...mastodon, ...more }] })
    const asked = await ask(standIn, '/api/v1/statuses', { token, json: { status: 'Bonjour' } })
    expect(asked).toEqual({ status, body: { error } })
    expect(standIn.posts()).toEqual([])
  })

  test('a place that is not there is not found', async () => {
    const { standIn } = await start()
    const page = await fetch(`${standIn.url}/api/v1/nothing`)
    expect([page.status, page.headers.get('content-type')]).toEqual([
      404,
      'text/html; charset=utf-8',
    ])
    const headers = { accept: 'application/json' }
    const named = await fetch(`${standIn.url}/api/v1/nothing`, { headers })
    expect([named.status, await named.json()]).toEqual([404, { error: 'Not Found' }])
    expect(await ask(standIn, '/api/v1/accounts/1/statuses')).toEqual({
      status: 404,
      body: { error: 'Record not found' },
    })
  })
})

describe('a status', () => {
  test('is drawn as the server draws it', async () => {
    const { standIn, client } = await start()
    const link = 'https://www.exemple.fr/un/chemin/assez/long/pour/etre/coupe?a=1&b=2'
    const status = await client.v1.statuses.create({
      status: `Titre <1> & «co»\nsuite\n\n${link}\n#Été2026`,
      visibility: 'unlisted',
      language: 'en-GB',
    })
    expect(status.content).toBe(
      '<p>Titre &lt;1&gt; &amp; «co»<br />suite</p>' +
        '<p><a href="https://www.exemple.fr/un/chemin/assez/long/pour/etre/coupe?a=1&amp;b=2" target="_blank" rel="nofollow noopener" translate="no">' +
        '<span class="invisible">https://www.</span><span class="ellipsis">exemple.fr/un/chemin/assez/lon</span>' +
        '<span class="invisible">g/pour/etre/coupe?a=1&amp;b=2</span></a><br />' +
        `<a href="${standIn.url}/tags/ete2026" class="mention hashtag" rel="tag">#<span>Été2026</span></a></p>`,
    )
    expect(status).toMatchObject({ visibility: 'unlisted', language: 'en', card: null })
    expect(status.url).toBe(`${standIn.url}/@${mastodon.username}/${status.id}`)
    expect((await fetch(String(status.url))).headers.get('content-type')).toContain('text/html')
    expect(await client.v1.statuses.$select(status.id).fetch()).toEqual(status)
  })

  test('is taken from a form too', async () => {
    const { standIn } = await start()
    const response = await fetch(`${standIn.url}/api/v1/statuses`, {
      method: 'POST',
      headers: { authorization: `Bearer ${mastodon.accessToken}` },
      body: new URLSearchParams({
        status: 'Bonjour',
        spoiler_text: 'Attention',
        sensitive: 'true',
      }),
    })
    expect(await response.json()).toMatchObject({ spoiler_text: 'Attention', sensitive: true })
    expect(standIn.posts()).toMatchObject([{ wire: { status: 'Bonjour' } }])
  })

  test('a language nobody knows becomes the account’s own, a warning alone gets a full stop', async () => {
    const { client } = await start()
    const status = await client.v1.statuses.create({
      ...{ status: '', spoilerText: 'Attention', language: 'qq' },
    })
    expect(status).toMatchObject({ language: 'fr', content: '<p>.</p>', spoilerText: 'Attention' })
  })

  test.each<[string, unknown, number, string]>([
    [
      '501 signs',
      { status: 'a'.repeat(501) },
      422,
      'Validation failed: Text character limit of 500 exceeded',
    ],
    [
      'a warning that makes it too long',
      { status: 'a'.repeat(490), spoiler_text: 'b'.repeat(11) },
      422,
      'Validation failed: Text character limit of 500 exceeded',
    ],
    ['blanks', { status: ' \n ' }, 422, "Validation failed: Text can't be blank"],
    ['nothing', {}, 422, "Validation failed: Text can't be blank"],
    ['text of the wrong type', { status: { a: 1 } }, 422, 'Validation failed: status is invalid'],
    [
      'an unknown visibility',
      { status: 'a', visibility: 'secret' },
      422,
      'Validation failed: Visibility is not included in the list',
    ],
    [
      'a picture that was never uploaded',
      { status: 'a', media_ids: ['12'] },
      422,
      'Media 12 not found or already attached to another post',
    ],
    [
      'five pictures',
      { status: 'a', media_ids: ['1', '2', '3', '4', '5'] },
      422,
      'Cannot attach more than 4 files',
    ],
    [
      'an answer to nothing',
      { status: 'a', in_reply_to_id: '12' },
      404,
      'The post you are trying to reply to does not appear to exist.',
    ],
    [
      'a forbidden hashtag',
      { status: '#Exemple' },
      422,
      'Validation failed: Text contained a disallowed hashtag: exemple',
    ],
    ['half a JSON', '{"status": "a', 400, 'Bad Request'],
  ])('%s is refused', async (_what, json, status, error) => {
    const { standIn } = await start({ disallowedHashtags: ['exemple'] })
    const asked = await ask(standIn, '/api/v1/statuses', { json })
    expect(asked).toMatchObject({ status, body: { error } })
    expect(standIn.posts()).toEqual([])
  })

  test('500 signs pass, with a link at 23', async () => {
    const { client } = await start()
    const link = `https://exemple.fr/${'x'.repeat(400)}`
    const status = `${'é'.repeat(476)} ${link}`
    expect(await client.v1.statuses.create({ status })).toMatchObject({ language: 'fr' })
  })

  test('nobody may be mentioned who is not on the list', async () => {
    const accounts = [mastodon, { username: 'eve', accessToken: 'the-token-of-eve' }]
    const { standIn } = await start({ accounts })
    const json = { status: 'Bonjour @eve', allowed_mentions: [] }
    const asked = await ask(standIn, '/api/v1/statuses', { json })
    expect(asked).toMatchObject({
      status: 422,
      body: {
        error: 'Post would be sent to unexpected accounts',
        unexpected_accounts: [{ acct: 'eve' }],
      },
    })
    const broken = { ...json, status: 'Bonjour @\u2060eve' }
    const { url } = standIn
    const response = await fetch(`${url}/api/v1/statuses`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${mastodon.accessToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(broken),
    })
    expect(response.status).toBe(200)
  })

  test('300 posts in three hours and no more', async () => {
    const at = new Date('2026-11-24T04:05:06Z')
    const { client } = await start({ postsPer3Hours: 2, clock: () => at })
    const { headers } = await client.v1.statuses.create.$raw({ status: 'un' })
    expect(headers.get('x-ratelimit-remaining')).toBe('1')
    expect(headers.get('x-ratelimit-reset')).toBe('2026-11-24T06:00:00.000000Z')
    await client.v1.statuses.create({ status: 'deux' })
    await expect(client.v1.statuses.create({ status: 'trois' })).rejects.toMatchObject({
      statusCode: 429,
      message: 'Too many requests',
    })
  })
})

describe('the same key again', () => {
  test('answers the first post for an hour, whatever the text; then makes another', async () => {
    let at = new Date('2026-11-24T04:00:00Z')
    const { standIn, post } = await start({ clock: () => at })
    const first = await post('Bonjour', 'k1')
    at = new Date('2026-11-24T04:59:59Z')
    expect(await post('Autre', 'k1')).toEqual(first)
    expect(standIn.posts()).toMatchObject([{ requests: 2 }])
    at = new Date('2026-11-24T05:00:00Z')
    expect((await post('Autre', 'k1')).id).not.toBe(first.id)
    expect(standIn.posts()).toHaveLength(2)
  })

  test('belongs to its account', async () => {
    const eve = { username: 'eve', accessToken: 'the-token-of-eve' }
    const { standIn, post } = await start({ accounts: [mastodon, eve] })
    await post('Bonjour', 'k1')
    const other = createRestAPIClient({ url: standIn.url, accessToken: eve.accessToken })
    const requestInit = { headers: { 'Idempotency-Key': 'k1' } }
    const own = await other.v1.statuses.create({ status: 'De moi' }, { requestInit })
    expect(own.account.acct).toBe('eve')
  })

  test('protects nothing while the first is still being posted', async () => {
    const { standIn, post } = await start({ postingMs: 300 })
    await Promise.all([post('Bonjour', 'k1'), post('Bonjour', 'k1')])
    expect(standIn.posts()).toHaveLength(2)
  })

  test('is ignored where the server ignores keys', async () => {
    const { standIn, post } = await start({ idempotency: 'ignored' })
    await post('Bonjour', 'k1')
    await post('Bonjour', 'k1')
    expect(standIn.posts()).toHaveLength(2)
  })

  test('is a 500 though the post stands, and a 503 while it is being made, where the server is a 4.6', async () => {
    const { standIn, post } = await start({ idempotency: 'answers 500', postingMs: 300 })
    const both = await Promise.allSettled([post('Bonjour', 'k1'), post('Bonjour', 'k1')])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { statusCode: 503 },
    })
    await expect(post('Bonjour', 'k1')).rejects.toMatchObject({ statusCode: 500 })
    expect(standIn.posts()).toMatchObject([{ requests: 2 }])
  })
})

describe('own statuses', () => {
  test('come newest first, a page at a time, and from a moment on', async () => {
    let at = new Date('2026-11-24T04:00:00Z')
    const { client, standIn } = await start({ clock: () => at })
    const { id } = await client.v1.accounts.verifyCredentials()
    for (const status of ['un', 'deux', 'trois']) {
      await client.v1.statuses.create({ status, visibility: 'private' })
      at = new Date(at.getTime() + 60_000)
    }
    const own = client.v1.accounts.$select(id).statuses
    const drawn = (list: readonly { content: string }[]) => list.map(({ content }) => content)
    expect(drawn(await own.list({ limit: 40, excludeReblogs: true }))).toEqual([
      ...['<p>trois</p>', '<p>deux</p>', '<p>un</p>'],
    ])
    const minId = String(BigInt(Date.parse('2026-11-24T04:00:30Z')) << 16n)
    expect(drawn(await own.list({ minId, limit: 1 }))).toEqual(['<p>deux</p>'])
    const pages: string[][] = []
    for await (const page of own.list({ limit: 2 })) pages.push(drawn(page))
    expect(pages.slice(0, 2)).toEqual([['<p>trois</p>', '<p>deux</p>'], ['<p>un</p>']])
    const stranger = createRestAPIClient({ url: standIn.url })
    expect(await stranger.v1.accounts.$select(id).statuses.list()).toEqual([])
  })
})

test('a text costs what the real server counts', () => {
  const wrong = counting.vectors
    .filter((one) => one.platform === 'mastodon')
    .filter(({ text, warning = '', count, counts = {} }) => {
      const allowed = [...('server' in counts ? [] : [count]), ...Object.values(counts)]
      const own = 'server' in counts ? [counts.server] : allowed
      return !own.includes(countOf(stripped(text), warning))
    })
  expect(wrong).toEqual([])
})
