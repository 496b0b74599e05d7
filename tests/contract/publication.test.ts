import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { overview } from '../../src/deliveries/overview.ts'
import { deliveries, type DeliveryWithPost } from '../../src/deliveries/view.ts'
import { type Newsroom, openNewsroom } from '../support/newsroom.ts'
import { defaults, openSite, type Site } from '../support/site.ts'
import { type Server, temporaryServer } from '../support/store.ts'

const HOUR_S = 3600

let server: Server
beforeAll(async () => {
  server = await temporaryServer()
})
afterAll(() => server[Symbol.asyncDispose]())

/** A site that tells of page 1, which it publishes so many seconds from now. */
async function told(room: Newsroom, site: Site, seconds: number): Promise<string> {
  const publishedAt = new Date(room.means.clock().getTime() + seconds * 1000).toISOString()
  site.pages.set(1, { title: 'Le canal rouvre', text: 'Demain.', publishedAt })
  await site.tells('publish', 1)
  room.later(3)
  await site.work()
  return publishedAt
}

async function only(room: Newsroom, site: Site): Promise<DeliveryWithPost> {
  const [delivery] = await deliveries(room.store.db, { article: await site.articleOf(1) })
  if (delivery === undefined) throw new Error('page 1 has no delivery')
  return delivery
}

async function sentAfter(room: Newsroom, seconds: number): Promise<number> {
  room.later(seconds)
  await room.publish()
  return room.standIn.posts().length
}

describe('an article whose site publishes it tomorrow', () => {
  test('goes out then, and is told to', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    const publishedAt = await told(room, site, 24 * HOUR_S)
    expect(await only(room, site)).toMatchObject({
      state: 'pending',
      dueAt: publishedAt,
      siteAt: publishedAt,
    })
    const { next } = await overview(room.store.db, room.means.clock())
    expect(next).toMatchObject([{ title: 'Le canal rouvre', about: publishedAt }])
    expect(await sentAfter(room, 23 * HOUR_S)).toBe(0)
    expect(await sentAfter(room, HOUR_S)).toBe(1)
    expect(await only(room, site)).toMatchObject({ state: 'published', siteAt: null })
  })

  test('and then later still, or earlier: it goes out with it', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    await told(room, site, 24 * HOUR_S)
    const later = await told(room, site, 48 * HOUR_S)
    await room.follow()
    expect(await only(room, site)).toMatchObject({ dueAt: later, siteAt: later })
    expect(await sentAfter(room, 25 * HOUR_S)).toBe(0)
    await told(room, site, -60)
    await room.follow()
    expect(await sentAfter(room, 1)).toBe(1)
  })

  test('waits for its yes and for its moment', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room, { ...defaults, approve: true })
    const publishedAt = await told(room, site, 24 * HOUR_S)
    expect(await only(room, site)).toMatchObject({ state: 'held', siteAt: publishedAt })
    await room.say(await site.articleOf(1), { kind: 'approve' })
    expect(await only(room, site)).toMatchObject({ state: 'pending', dueAt: publishedAt })
    expect(await sentAfter(room, HOUR_S)).toBe(0)
    expect(await sentAfter(room, 24 * HOUR_S)).toBe(1)
  })

  test('a moment that is past changes nothing', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    await told(room, site, -60)
    expect(await only(room, site)).toMatchObject({ state: 'pending', siteAt: null })
    expect(await sentAfter(room, 1)).toBe(1)
  })
})
