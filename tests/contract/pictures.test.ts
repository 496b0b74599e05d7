import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PlatformId } from '../../src/platforms/platform.ts'
import { type Newsroom, openNewsroom } from '../support/newsroom.ts'
import { type Server, temporaryServer } from '../support/store.ts'
import { serve, type Served } from '../unit/net/serve.ts'

let server: Server
let site: Served
let photo: Buffer
/** What the site answers to the next requests for its picture; the picture itself once none is left. */
const answers: (() => { status: number; type: string; body: Buffer | string })[] = []
let asked = 0

beforeAll(async () => {
  server = await temporaryServer()
  photo = await sharp({
    create: { width: 800, height: 400, channels: 3, background: '#336699' },
  })
    .jpeg()
    .toBuffer()
  site = await serve((_request, response) => {
    asked += 1
    const { status, type, body } = answers.shift()?.() ?? {
      status: 200,
      type: 'image/jpeg',
      body: photo,
    }
    response.writeHead(status, { 'content-type': type }).end(body)
  })
})
afterAll(async () => {
  await site[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

const missing = () => ({ status: 404, type: 'text/html', body: '<p>Nothing here</p>' })
const page = () => ({ status: 200, type: 'image/jpeg', body: '<!doctype html><p>Log in</p>' })
const picture = () => ({ url: `${site.url}/pont.jpg`, alt: 'Le pont' })
const uploads = (seen: { path: string; method: string }[]) =>
  seen.filter(({ path, method }) => method === 'POST' && /uploadBlob|\/api\/v2\/media/.test(path))
    .length
const withImages = `---
card: true
images: 4
---
<b>{{ title }}</b>

<a href="{{ url }}">{{ url }}</a>
`

describe('the picture of a card', () => {
  test('is waited for where its site does not serve it yet, and goes out with the post', async () => {
    await using room = await openNewsroom(server, 'bluesky')
    answers.push(missing, missing)
    const article = await room.announce({ image: picture() })
    await room.publish()
    expect(await room.only(article)).toMatchObject({ state: 'pending', warnings: [] })
    expect(room.standIn.posts()).toHaveLength(0)
    for (let wait = 0; wait < 2; wait += 1) {
      room.later(10)
      await room.publish()
    }
    expect(await room.only(article)).toMatchObject({ state: 'published', warnings: [] })
    expect(JSON.stringify(room.standIn.posts()[0]?.wire)).toContain('"thumb"')
  })

  test('that does not come within a minute costs a warning, not the post', async () => {
    await using room = await openNewsroom(server, 'bluesky')
    answers.push(...Array.from({ length: 10 }, () => missing))
    const article = await room.announce({ image: picture() })
    for (let wait = 0; wait < 6; wait += 1) {
      await room.publish()
      room.later(10)
    }
    answers.length = 0
    const { state, warnings } = await room.only(article)
    expect(state).toBe('published')
    expect(warnings).toEqual([{ kind: 'no-thumbnail', about: picture().url }])
    expect(JSON.stringify(room.standIn.posts()[0]?.wire)).not.toContain('"thumb"')
  })

  test('holds nobody else up while it is waited for', async () => {
    await using room = await openNewsroom(server, 'bluesky')
    answers.push(missing)
    const first = await room.announce({ image: picture() })
    const second = await room.announce()
    await room.publish()
    expect((await room.only(first)).state).toBe('pending')
    expect((await room.only(second)).state).toBe('published')
  })

  test('that is none is not waited for', async () => {
    await using room = await openNewsroom(server, 'bluesky')
    answers.push(page)
    const article = await room.announce({ image: picture() })
    await room.publish()
    expect(await room.only(article)).toMatchObject({
      state: 'published',
      warnings: [{ kind: 'no-thumbnail' }],
    })
  })

  test('is fetched and uploaded once, however often the post is tried', async () => {
    await using room = await openNewsroom(server, 'bluesky')
    const before = asked
    room.standIn.fault({ kind: 'drop-after', path: 'putRecord', times: 2 })
    const article = await room.announce({ image: picture() })
    for (let wait = 0; wait < 4; wait += 1) {
      await room.publish()
      room.later(60)
    }
    expect(await room.only(article)).toMatchObject({ state: 'published' })
    expect(asked - before).toBe(1)
    expect(uploads(room.standIn.seen())).toBe(1)
    expect(room.standIn.posts()).toMatchObject([{ edits: 0 }])
  })
})

const all: PlatformId[] = ['telegram', 'bluesky', 'mastodon']
const publishing = { telegram: 'send', bluesky: 'putRecord', mastodon: '/api/v1/statuses' }

describe.each(all)("a post's own pictures on %s", (platform) => {
  const open = () => openNewsroom(server, platform, undefined, { template: withImages })
  const two = () => [picture(), { url: `${site.url}/ecluse.jpg`, alt: null }]
  const sent = platform === 'telegram' ? 1 : 2
  const wire = (room: Newsroom) => JSON.stringify(room.standIn.posts().map((post) => post.wire))

  test('go out with what their site says of them, and a warning where it says nothing', async () => {
    await using room = await open()
    const article = await room.announce({ images: two() })
    await room.publish()
    const { state, warnings, drafts } = await room.only(article)
    expect(state).toBe('published')
    expect(drafts[0]?.images).toHaveLength(sent)
    if (platform !== 'telegram') {
      expect(warnings).toEqual([{ kind: 'no-alt', about: two()[1]?.url }])
      expect(uploads(room.standIn.seen())).toBe(2)
      const alts = room.standIn.posts().flatMap(({ pictures }) => pictures.map(({ alt }) => alt))
      expect(alts).toEqual(['Le pont', ''])
    }
    expect(room.standIn.posts()).toHaveLength(1)
  })

  test('are uploaded once, though the post is tried again', async () => {
    await using room = await open()
    const before = asked
    const later =
      platform === 'mastodon'
        ? { status: 429, body: '{"error":"Too many requests"}' }
        : platform === 'bluesky'
          ? { status: 503, body: '{"error":"NotEnoughResources","message":"later"}' }
          : {
              status: 429,
              body: '{"ok":false,"error_code":429,"description":"Too Many Requests","parameters":{"retry_after":5}}',
            }
    room.standIn.fault({ kind: 'answer', path: publishing[platform], method: 'POST', ...later })
    const article = await room.announce({ images: two() })
    for (let wait = 0; wait < 3; wait += 1) {
      await room.publish()
      room.later(700)
    }
    expect(await room.only(article)).toMatchObject({ state: 'published' })
    expect(asked - before).toBe(sent)
    expect(uploads(room.standIn.seen())).toBe(platform === 'telegram' ? 0 : 2)
  })

  test.runIf(platform !== 'telegram')(
    'wait for a platform that takes none just now, but not for ever',
    async () => {
      await using room = await open()
      const path = platform === 'bluesky' ? 'uploadBlob' : '/api/v2/media'
      const body = '{"error":"NotEnoughResources","message":"Not Enough Resources"}'
      room.standIn.fault({ kind: 'answer', path, status: 503, body, times: 50 })
      const article = await room.announce({ images: two() })
      await room.publish()
      expect(await room.only(article)).toMatchObject({ state: 'pending' })
      room.later(400)
      await room.publish()
      expect(await room.only(article)).toMatchObject({ state: 'pending' })
      room.later(600)
      await room.publish()
      const { state, warnings } = await room.only(article)
      expect(state).toBe('published')
      expect(warnings.map(({ kind }) => kind)).toEqual(['no-picture', 'no-picture'])
    },
  )

  test('that nobody can use leave the post its card', async () => {
    await using room = await open()
    answers.push(page, page)
    const article = await room.announce({ images: two() })
    await room.publish()
    answers.length = 0
    const { state, warnings } = await room.only(article)
    expect(state).toBe('published')
    expect(warnings.filter(({ kind }) => kind === 'no-picture')).toHaveLength(sent)
    const [post] = room.standIn.posts()
    if (platform === 'telegram') expect(post?.wire).toHaveProperty('text')
    if (platform === 'bluesky') expect(wire(room)).toContain('app.bsky.embed.external')
  })

  test('that the platform refuses stay away, and the post goes out', async () => {
    await using room = await open()
    const refusal = {
      telegram: {
        path: 'sendPhoto',
        body: '{"ok":false,"error_code":400,"description":"Bad Request: PHOTO_INVALID_DIMENSIONS"}',
        status: 400,
      },
      bluesky: {
        path: 'uploadBlob',
        body: '{"error":"PayloadTooLarge","message":"request entity too large"}',
        status: 413,
      },
      mastodon: {
        path: '/api/v2/media',
        body: '{"error":"Validation failed: File type is not supported"}',
        status: 422,
      },
    }[platform]
    room.standIn.fault({ kind: 'answer', ...refusal, times: 2 })
    const article = await room.announce({ images: two() })
    await room.publish()
    const { state, warnings } = await room.only(article)
    expect(state).toBe('published')
    expect(warnings.filter(({ kind }) => kind === 'no-picture')).not.toHaveLength(0)
    expect(room.standIn.posts()).toHaveLength(1)
  })
})

test('a formatting that Telegram refuses goes out as plain words, with its address', async () => {
  await using room = await openNewsroom(server, 'telegram')
  const body =
    '{"ok":false,"error_code":400,"description":"Bad Request: can\'t parse entities: ENTITIES_TOO_LONG"}'
  room.standIn.fault({ kind: 'answer', path: 'sendMessage', status: 400, body })
  const article = await room.announce()
  await room.publish()
  const { state, warnings } = await room.only(article)
  expect(state).toBe('published')
  expect(warnings).toContainEqual({ kind: 'plain' })
  const [post] = room.standIn.posts()
  expect(post?.wire).toMatchObject({ text: expect.stringContaining('https://journal.example/') })
})

test('a blob that Bluesky has cleared away meanwhile is uploaded again from the bytes kept', async () => {
  await using room = await openNewsroom(server, 'bluesky')
  const before = asked
  const busy = '{"error":"NotEnoughResources","message":"Not Enough Resources"}'
  room.standIn.fault({ kind: 'answer', path: 'putRecord', status: 503, body: busy })
  const article = await room.announce({ image: picture() })
  await room.publish()
  expect((await room.only(article)).state).toBe('pending')
  await fetch(`${room.standIn.url}/_/forget-blobs`, { method: 'POST' })
  room.later(700)
  await room.publish()
  expect(await room.only(article)).toMatchObject({ state: 'published', warnings: [] })
  expect(uploads(room.standIn.seen())).toBe(2)
  expect(asked - before).toBe(1)
  expect(JSON.stringify(room.standIn.posts()[0]?.wire)).toContain('"thumb"')
})

test('an upload that the server knows no more is made again from the same bytes', async () => {
  await using room = await openNewsroom(server, 'mastodon', undefined, { template: withImages })
  const before = asked
  const busy = { status: 429, body: '{"error":"Too many requests"}' }
  room.standIn.fault({ kind: 'answer', path: '/api/v1/statuses', method: 'POST', ...busy })
  const article = await room.announce({ images: [picture()] })
  await room.publish()
  const gone = { status: 404, body: '{"error":"Record not found"}' }
  room.standIn.fault({ kind: 'answer', path: '/api/v1/media/', method: 'GET', ...gone })
  room.later(700)
  await room.publish()
  const { state, warnings } = await room.only(article)
  expect({ state, warnings }).toEqual({ state: 'published', warnings: [] })
  expect(uploads(room.standIn.seen())).toBe(2)
  expect(asked - before).toBe(1)
  expect(room.standIn.posts()[0]?.pictures).toHaveLength(1)
})
