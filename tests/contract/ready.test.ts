import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFetch } from '../../src/net/fetch.ts'
import { openPages } from '../../src/deliveries/pages.ts'
import { publishDue } from '../../src/deliveries/publish.ts'
import { type Newsroom, openNewsroom } from '../support/newsroom.ts'
import { type Server, temporaryServer } from '../support/store.ts'
import { serve } from '../unit/net/serve.ts'

let server: Server
beforeAll(async () => {
  server = await temporaryServer()
})
afterAll(() => server[Symbol.asyncDispose]())

/** A page that answers as it is told, and counts. */
async function page(answer: (response: ServerResponse) => unknown) {
  const site = { answer, asked: 0 }
  const served = await serve((_, response) => {
    site.asked += 1
    return site.answer(response)
  })
  return Object.assign(site, {
    url: `${served.url}/le-canal/`,
    [Symbol.asyncDispose]: () => served[Symbol.asyncDispose](),
  })
}

const found = (response: ServerResponse) => response.writeHead(200).end('<p>Le canal</p>')
const status = (code: number) => (response: ServerResponse) => response.writeHead(code).end()

async function sentAfter(room: Newsroom, seconds: number): Promise<number> {
  room.later(seconds)
  await room.publish()
  return room.standIn.posts().length
}

describe('before a post goes out its article’s page is asked for', () => {
  test('once, however many parts and accounts it has', async () => {
    await using site = await page(found)
    const template = 'Un <a href="{{ url }}">lien</a>\n<hr>\nDeux'
    await using room = await openNewsroom(server, 'mastodon', undefined, { template, via: 'feed' })
    await room.announce({ url: site.url })
    expect(await sentAfter(room, 1)).toBe(2)
    const [article] = await room.store.db.selectFrom('articles').select('id').execute()
    await room.again(article?.id ?? 0)
    expect(await sentAfter(room, 1)).toBe(4)
    expect(site.asked).toBe(1)
  })

  test.each([404, 410, 500, 503])('it waits while that answers %i', async (code) => {
    await using site = await page(status(code))
    await using room = await openNewsroom(server, 'telegram', undefined, { via: 'feed' })
    const article = await room.announce({ url: site.url })
    expect(await sentAfter(room, 1)).toBe(0)
    const { state, error, attempts } = await room.only(article)
    expect({ state, error, attempts }).toEqual({ state: 'pending', error: null, attempts: [] })
    site.answer = found
    expect(await sentAfter(room, 15)).toBe(1)
    expect(await room.only(article)).toMatchObject({ state: 'published', warnings: [] })
  })

  test('two minutes at most: then it goes out all the same, with a warning', async () => {
    await using site = await page(status(404))
    await using room = await openNewsroom(server, 'telegram', undefined, { via: 'feed' })
    const article = await room.announce({ url: site.url })
    for (let quarter = 0; quarter < 7; quarter += 1) expect(await sentAfter(room, 15)).toBe(0)
    expect(await sentAfter(room, 20)).toBe(1)
    expect(await room.only(article)).toMatchObject({
      state: 'published',
      warnings: [{ kind: 'page-missing', about: site.url }],
    })
  })

  test('another article of the account does not wait with it', async () => {
    await using missing = await page(status(404))
    await using there = await page(found)
    await using room = await openNewsroom(server, 'mastodon', undefined, { via: 'feed' })
    await room.announce({ url: missing.url })
    await room.announce({ url: there.url })
    expect(await sentAfter(room, 1)).toBe(1)
  })

  test.each([401, 403, 429])('one that refuses only us (%i) is not waited for', async (code) => {
    await using site = await page(status(code))
    await using room = await openNewsroom(server, 'mastodon', undefined, { via: 'feed' })
    await room.announce({ url: site.url })
    expect(await sentAfter(room, 1)).toBe(1)
  })

  test('one that we may not ask for is not waited for', async () => {
    await using site = await page(status(404))
    await using room = await openNewsroom(server, 'mastodon', undefined, { via: 'feed' })
    const guarded = createFetch({ allowPrivate: false, allowOrigins: [] })
    const pages = openPages(guarded, room.means.clock)
    await room.announce({ url: site.url })
    await publishDue({ ...room.means, pages }, room.account)
    await guarded.close()
    expect(room.standIn.posts()).toHaveLength(1)
    expect(site.asked).toBe(0)
  })

  test('an article that was given whole need have no page', async () => {
    await using site = await page(status(404))
    await using room = await openNewsroom(server, 'mastodon', undefined, { via: 'feed' })
    const article = await room.announce({ url: site.url })
    const given = JSON.stringify({ url: site.url, title: 'Le canal', excerpt: 'Il rouvre.' })
    await room.store.db.updateTable('articles').set({ given }).where('id', '=', article).execute()
    expect(await sentAfter(room, 1)).toBe(1)
    expect(site.asked).toBe(0)
  })
})

test('what somebody names on purpose goes out at once, page or no page', async () => {
  await using site = await page(status(404))
  await using room = await openNewsroom(server, 'mastodon', undefined, { via: 'person' })
  await room.announce({ url: site.url })
  expect(await sentAfter(room, 1)).toBe(1)
  expect(site.asked).toBe(0)
})
