import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openNewsroom } from '../support/newsroom.ts'
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
const uploads = (seen: { path: string }[]) =>
  seen.filter(({ path }) => path.includes('uploadBlob')).length

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
