import { afterEach, describe, expect, test } from 'vitest'
import { open } from '../../../../src/platforms/mastodon/connection.ts'
import type { Publication } from '../../../../src/platforms/platform.ts'
import { type Draft, ordinary } from '../../../../src/posts/post.ts'
import {
  type Answer,
  draft,
  failureOf,
  now,
  publication,
  type Request,
  serve,
  soon,
} from '../support.ts'

const accessToken = 'crieur-unit-test-access-token'
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

const account = { id: '109', acct: 'crier', url: 'https://town.example/@crier' }
const missing = { status: 404, body: { error: 'Record not found' } }

/** An instance in a few lines: answers by path, 404 for the rest. */
async function connect(answers: Record<string, Answer | ((request: Request) => Answer)>) {
  const seen: Request[] = []
  const { url, close } = await serve((request) => {
    seen.push(request)
    const answer = answers[request.path.split('?')[0] ?? ''] ?? missing
    return typeof answer === 'function' ? answer(request) : answer
  })
  const own = { url: new URL(url).origin, accessToken }
  const connection = await open(own, { clock: () => now, connectMs: 1000 })
  closing.push(() => connection.close(), close)
  return { connection, seen, host: new URL(url).host }
}

const verify = { '/api/v1/accounts/verify_credentials': { body: account } }
const statuses = (max_characters: number, characters_reserved_per_url?: number) => ({
  body: { configuration: { statuses: { max_characters, characters_reserved_per_url } } },
})

describe('check', () => {
  test('the instance says who posts and how long', async () => {
    const { connection, host } = await connect({
      ...verify,
      '/api/v1/apps/verify_credentials': { body: { name: 'x', scopes: ['read', 'write'] } },
      '/api/v2/instance': statuses(1234, 30),
    })
    expect(await connection.check(soon())).toEqual({
      identity: `crier@${host}`,
      title: `@crier@${host}`,
      url: account.url,
      limits: { text: 1234, link: 30, images: 4, alt: 1500 },
    })
  })

  test.for([
    ['an older one by its first API', { '/api/v1/instance': statuses(700) }, 700],
    ['another one at the top', { '/api/v1/instance': { body: { max_toot_chars: 5000 } } }, 5000],
    ['one that says nothing', { '/api/v2/instance': { body: {} } }, 500],
  ] as const)('%s', async ([, answers, text]) => {
    const { connection } = await connect({ ...verify, ...answers })
    expect((await connection.check(soon())).limits).toEqual({
      ...{ text, link: 23 },
      ...{ images: 4, alt: 1500 },
    })
  })

  test('limits that could not be asked for are not guessed', async () => {
    const { connection } = await connect({ ...verify, '/api/v2/instance': { status: 502 } })
    expect((await failureOf(connection.check(soon()), [accessToken])).kind).toBe('unavailable')
  })

  test('a token that may only read', async () => {
    const scopes = ['read:accounts', 'read:statuses']
    const app = { '/api/v1/apps/verify_credentials': { body: { name: 'x', scopes } } }
    const { connection } = await connect({ ...verify, ...app })
    const error = await failureOf(connection.check(soon()), [accessToken])
    expect([error.kind, error.reason]).toEqual([
      'unauthorized',
      expect.stringContaining('write:statuses'),
    ])
  })
})

describe('publish', () => {
  const posted = { '/api/v1/statuses': { body: { id: '7', url: 'https://town.example/@crier/7' } } }

  test('carries its key, pings nobody, uses its connection once', async () => {
    const { connection, seen } = await connect(posted)
    expect(await connection.publish({ ...draft, language: 'fr-CA' }, publication, soon())).toEqual({
      id: '7',
      url: 'https://town.example/@crier/7',
    })
    expect(seen[0]?.body).toEqual({
      status: draft.text,
      visibility: 'public',
      language: 'fr',
      allowed_mentions: [],
    })
    expect(seen[0]?.headers).toMatchObject({
      'idempotency-key': publication.key,
      authorization: `Bearer ${accessToken}`,
      connection: 'close',
    })
  })

  test('a further part answers the one before and stays out of timelines', async () => {
    const { connection, seen } = await connect(posted)
    const [root, parent] = [
      { id: '5', url: null },
      { id: '6', url: null },
    ]
    await connection.publish(draft, { ...publication, replyTo: { root, parent } }, soon())
    expect(seen[0]?.body).toMatchObject({ in_reply_to_id: '6', visibility: 'unlisted' })
  })
})

describe('find', () => {
  const address = 'https://town.example/2026/été?a=1&b=2'
  const text = `« Le crieur » est là 🎺 — @\u2060maire\n\n${address}\n\n#Annonce`
  const start = text.indexOf(address)
  const wanted: Draft = {
    ...draft,
    text,
    facets: [
      { kind: 'link', start, end: start + address.length, value: address },
      { kind: 'hashtag', start: text.indexOf('#'), end: text.length, value: 'Annonce' },
    ],
  }
  const shown =
    '<p>« Le crieur » est là 🎺 — @⁠maire</p><p><a href="https://town.example/2026/%C3%A9t%C3%A9?a=1&amp;b=2" rel="nofollow"><span class="invisible">https://</span><span class="ellipsis">town.example/2026/été</span></a></p><p><a href="https://here/tags/annonce">#<span>Annonce</span></a></p>'
  const post = (id: string, content: string, seconds = 1) => ({
    id,
    url: `https://town.example/@crier/${id}`,
    content,
    created_at: new Date(now.getTime() + seconds * 1000).toISOString(),
  })
  const list = (answer: Answer | ((request: Request) => Answer)) => ({
    ...verify,
    '/api/v1/accounts/109/statuses': answer,
  })
  /** All there is stands on the first page. */
  const posts = (...body: object[]) =>
    list(({ path }) => ({ body: path.includes('max_id') ? [] : body }))

  test('the same words and link, however the server shows them', async () => {
    const other = post('8', shown.replace('crieur', 'facteur'))
    const { connection, seen } = await connect(posts(other, post('7', shown)))
    expect(await connection.find(wanted, now, soon())).toEqual({
      id: '7',
      url: 'https://town.example/@crier/7',
    })
    expect(seen.at(-1)?.path).toContain('limit=40')
    expect(seen.at(-1)?.path).toContain('exclude_reblogs=true')
  })

  test('text alone, where the server links nothing', async () => {
    const { connection } = await connect(posts(post('7', `<p>${draft.text}</p>`)))
    expect(await connection.find(draft, now, soon())).toMatchObject({ id: '7' })
  })

  test('a post behind a warning, with pictures', async () => {
    const hidden = { ...post('7', shown), spoiler_text: 'Loud', media_attachments: [{ id: '22' }] }
    const { connection } = await connect(posts(hidden))
    const manner = { ...wanted.manner, contentWarning: 'Loud' }
    expect(await connection.find({ ...wanted, manner }, now, soon())).toMatchObject({ id: '7' })
  })

  test.for([
    [
      'made a link of',
      '<span class="h-card"><a href="https://b.example/@v" class="u-url mention">@<span>v</span></a></span>',
    ],
    ['knows nobody by', '@v@b.example'],
  ])('a name that the server %s', async ([, name]) => {
    const own = 'Avec @v@b.example ce soir'
    const facets = [{ kind: 'mention' as const, start: 5, end: 17, value: '@v@b.example' }]
    const meant = { ...draft, text: own, facets }
    const { connection } = await connect(posts(post('7', `<p>Avec ${name} ce soir</p>`)))
    expect(await connection.find(meant, now, soon())).toMatchObject({ id: '7' })
    const other = { ...meant, text: own.replace('soir', 'midi') }
    expect(await connection.find(other, now, soon())).toBe('absent')
  })

  test.for<[string, string]>([
    ['other words with the same link', shown.replace('crieur', 'facteur')],
    ['the same words with another link', shown.replace('a=1', 'a=3').replace('été<', 'hiver<')],
  ])('%s are another post', async ([, content]) => {
    const { connection } = await connect(posts(post('7', content)))
    expect(await connection.find(wanted, now, soon())).toBe('absent')
  })

  test('a post from before is another one', async () => {
    const { connection } = await connect(posts(post('7', shown, -30)))
    expect(await connection.find(wanted, now, soon())).toBe('absent')
  })

  test('goes on to older pages until the moment is reached', async () => {
    const busy = Array.from({ length: 40 }, (_, at) => post(String(90 - at), '<p>other</p>'))
    const pages = (request: Request) =>
      request.path.includes('max_id=51') ? { body: [post('7', shown)] } : { body: busy }
    const { connection } = await connect(list(pages))
    expect(await connection.find(wanted, now, soon())).toMatchObject({ id: '7' })
  })

  test('an account that posts too much cannot be searched', async () => {
    const busy = Array.from({ length: 40 }, (_, at) => post(String(90 - at), '<p>other</p>'))
    const { connection } = await connect(list({ body: busy }))
    expect(await connection.find(wanted, now, soon())).toBe('cannot look')
  })

  test('a token that may not read cannot look', async () => {
    const outside = { error: 'This action is outside the authorized scopes' }
    const { connection } = await connect(list({ status: 403, body: outside }))
    expect(await connection.find(wanted, now, soon())).toBe('cannot look')
  })

  test('a lost answer is no absence', async () => {
    const { connection } = await connect(list({ status: 502 }))
    expect((await failureOf(connection.find(wanted, now, soon()), [])).kind).toBe('unavailable')
  })
})

describe('an edit', () => {
  const path = '/api/v1/statuses/7'
  const known = { id: '7', url: 'https://town.example/@crier/7' }
  const ref = { id: '31' }
  const picture = { ref, width: 2, height: 1, alt: 'A square' }
  const edit = async (wanted: Draft, media: Publication['media'], sensitive = false) => {
    const status = { body: { ...known, sensitive } }
    const { connection, seen } = await connect({ [path]: status })
    await connection.edit(known, wanted, { ...publication, media }, soon())
    return seen.map(({ method, body }) => ({ method, body }))
  }

  test('says all again that would be removed, and nothing that stays by itself', async () => {
    const manner = { ...ordinary, visibility: 'unlisted', contentWarning: 'Loud' } as const
    expect(await edit({ ...draft, manner }, [])).toEqual([
      { method: 'PUT', body: { status: draft.text, language: 'en', spoiler_text: 'Loud' } },
    ])
  })

  test.for([true, false])('leaves pictures as hidden as they are (%s)', async (sensitive) => {
    const [asked, sent] = await edit(draft, [picture], sensitive)
    expect(asked).toMatchObject({ method: 'GET' })
    expect(sent).toEqual({
      method: 'PUT',
      body: { status: draft.text, language: 'en', media_ids: ['31'], sensitive },
    })
  })
})

describe('what remains', () => {
  const limit = {
    'x-ratelimit-limit': '300',
    'x-ratelimit-remaining': '12',
    'x-ratelimit-reset': '2026-03-04T06:00:00.000000Z',
  }
  const told = { limit: 300, remaining: 12, resetsAt: new Date('2026-03-04T06:00:00Z') }
  const posted = { id: '7', url: null }

  test.for([
    ['a post', { body: posted, headers: limit }, told],
    ['a refusal', { status: 429, body: { error: 'Too many' }, headers: limit }, told],
    ['an answer that does not say', { body: posted }, null],
    [
      'an answer that nobody can read',
      { body: posted, headers: { ...limit, 'x-ratelimit-remaining': 'some' } },
      null,
    ],
  ] as const)('is what %s said', async ([, answer, expected]) => {
    const { connection } = await connect({ '/api/v1/statuses': answer })
    await connection.publish(draft, publication, soon()).catch(() => null)
    expect(connection.allowance()).toEqual(expected)
  })

  test('questions have a limit of their own', async () => {
    const path = '/api/v1/accounts/verify_credentials'
    const { connection } = await connect({ [path]: { body: account, headers: limit } })
    await connection.check(soon()).catch(() => null)
    expect(connection.allowance()).toBeNull()
  })
})
