import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../../src/decisions/ledger.ts'
import { claim } from '../../src/deliveries/claim.ts'
import { decide, type Decided } from '../../src/deliveries/decide.ts'
import type { Decision } from '../../src/deliveries/moves.ts'
import { articleStory } from '../../src/deliveries/story.ts'
import { deliveries, type DeliveryWithPost } from '../../src/deliveries/view.ts'
import { notices } from '../../src/notices/view.ts'
import { type Newsroom, openNewsroom } from '../support/newsroom.ts'
import { defaults, openSite, type Site } from '../support/site.ts'
import { type Server, temporaryServer } from '../support/store.ts'

const anna: Person = { who: 'Anna', door: 'page' }
const token = '00000000-0000-4000-8000-000000000000'

let server: Server
beforeAll(async () => {
  server = await temporaryServer()
})
afterAll(() => server[Symbol.asyncDispose]())

/** Page 1 as its site has it now. */
function write(room: Newsroom, site: Site, title: string, hidden = false): void {
  const publishedAt = room.means.clock().toISOString()
  site.pages.set(1, { title, text: 'Le canal rouvre.', publishedAt, hidden })
}

/** The site tells of page 1, which is read once it has settled. */
async function tells(room: Newsroom, site: Site, event: 'publish' | 'update' | 'trash') {
  await site.tells(event, 1)
  await settle(room, site)
}

async function settle(room: Newsroom, site: Site): Promise<void> {
  room.later(3)
  await site.work()
}

/** Page 1 was published and announced; nothing of it is sent yet. */
async function announced(room: Newsroom, site: Site): Promise<void> {
  await site.tells('update', 99) // the site is known from here on
  write(room, site, 'Premier titre')
  await tells(room, site, 'publish')
}

async function only(room: Newsroom, site: Site): Promise<DeliveryWithPost> {
  const [delivery] = await deliveries(room.store.db, { article: await site.articleOf(1) })
  if (delivery === undefined) throw new Error('page 1 has no delivery')
  return delivery
}

function say(room: Newsroom, on: DeliveryWithPost, decision: Decision): Promise<Decided> {
  const means = { db: room.store.db, clock: room.means.clock, wake: () => Promise.resolve() }
  const target = { delivery: Number(on.id.slice(1)) }
  return decide(means, { on: target, version: on.version, decision, by: anna })
}

/** What stands on the platform, as one text. */
const standing = (room: Newsroom) => room.standIn.posts().map(({ wire }) => JSON.stringify(wire))

describe('an update', () => {
  test('changes what waits: the post is of the article as it is when it goes out', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    await announced(room, site)
    write(room, site, 'Second titre')
    await tells(room, site, 'update')
    await room.publish()
    expect(standing(room)).toEqual([expect.stringContaining('Second titre')])
    expect(await only(room, site)).toMatchObject({ state: 'published', changedSince: false })
  })

  test('a held post is another one then: who approves the former is told', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room, { ...defaults, approve: true })
    await announced(room, site)
    const seen = await only(room, site)
    expect(seen).toMatchObject({ state: 'held', heldFor: 'approval' })
    write(room, site, 'Second titre')
    await tells(room, site, 'update')
    expect(await say(room, seen, { kind: 'approve' })).toMatchObject({
      moved: [],
      refused: [{ why: 'changed', state: 'held', last: null }],
    })
    await room.publish()
    expect(standing(room)).toEqual([])
    const now = await only(room, site)
    expect(await notices(room.store.db)).toMatchObject([{ id: seen.notice, version: now.version }])
    await say(room, now, { kind: 'approve' })
    await room.publish()
    expect(standing(room)).toEqual([expect.stringContaining('Second titre')])
  })

  test('that changes nothing a template can use leaves an approval good', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room, { ...defaults, approve: true })
    await announced(room, site)
    const seen = await only(room, site)
    await tells(room, site, 'update')
    const { moved } = await say(room, seen, { kind: 'approve' })
    expect(moved).toMatchObject([{ from: 'held', state: 'pending' }])
  })

  test('what was refused for its content is tried again, and nobody need do anything', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    await announced(room, site)
    const body = '{"error":"Validation failed: Text is not fine"}'
    const fault = { kind: 'answer', path: '/api/v1/statuses', status: 422, body } as const
    room.standIn.fault({ ...fault, method: 'POST' })
    await room.publish()
    expect(await only(room, site)).toMatchObject({ state: 'failed' })
    expect(await notices(room.store.db)).toMatchObject([{ kind: 'rejected' }])
    write(room, site, 'Titre corrigé')
    await tells(room, site, 'update')
    expect(await notices(room.store.db)).toEqual([])
    room.later(10)
    await room.publish()
    expect(await only(room, site)).toMatchObject({ state: 'published', error: null })
    expect(standing(room)).toEqual([expect.stringContaining('Titre corrigé')])
  })

  test('what stands is left as it is where its account does not follow, and said to be', async () => {
    const policy = { edit: false }
    await using room = await openNewsroom(server, 'mastodon', undefined, { policy })
    await using site = await openSite(room)
    await announced(room, site)
    await room.publish()
    const before = standing(room)
    write(room, site, 'Second titre')
    await tells(room, site, 'update')
    room.later(3600)
    await room.publish()
    expect(standing(room)).toEqual(before)
    expect(await only(room, site)).toMatchObject({ state: 'published', changedSince: true })
    expect(room.standIn.posts()).toMatchObject([{ edits: 0 }])
  })

  test('of a page that was published before its site was known announces nothing', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    const publishedAt = new Date(room.means.clock().getTime() - 60_000).toISOString()
    site.pages.set(1, { title: 'Vieux titre', text: 'Le canal rouvre.', publishedAt })
    await tells(room, site, 'update')
    const story = await articleStory(room.store.db, await site.articleOf(1))
    expect(story).toMatchObject({ state: 'known', deliveries: [] })
  })

  test('that hides the page behind a password cancels what waits', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    await announced(room, site)
    write(room, site, 'Premier titre', true)
    await tells(room, site, 'update')
    await room.publish()
    expect(await only(room, site)).toMatchObject({ state: 'canceled' })
    expect(standing(room)).toEqual([])
  })
})

describe('a trash', () => {
  test('cancels what waits, in the moment it is heard', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    await announced(room, site)
    await site.tells('trash', 1)
    expect(await only(room, site)).toMatchObject({ state: 'canceled', dueAt: null })
    await settle(room, site)
    await room.publish()
    expect(standing(room)).toEqual([])
  })

  test('cancels what is held, and its notice closes by itself', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room, { ...defaults, approve: true })
    await announced(room, site)
    expect(await notices(room.store.db)).toHaveLength(1)
    await site.tells('trash', 1)
    expect(await only(room, site)).toMatchObject({ state: 'canceled', heldFor: null })
    expect(await notices(room.store.db)).toEqual([])
  })

  test('before it is read: it is never announced', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    await site.tells('update', 99)
    write(room, site, 'Premier titre')
    await site.tells('publish', 1)
    await site.tells('trash', 1)
    await settle(room, site)
    const story = await articleStory(room.store.db, await site.articleOf(1))
    expect(story).toMatchObject({ state: 'withdrawn', deliveries: [] })
  })

  test('what is on its way settles first; what stands is left as it is', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    await announced(room, site)
    await room.publish()
    await site.tells('trash', 1)
    expect(await only(room, site)).toMatchObject({ state: 'published', changedSince: true })
    expect(standing(room)).toHaveLength(1)
  })

  test('while a worker is at it but has sent nothing: nothing goes out once it lets go', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    await announced(room, site)
    await claim(room.store.db, room.account, room.means.clock(), token)
    await site.tells('trash', 1)
    expect(await only(room, site)).toMatchObject({ state: 'publishing' })
    room.later(60) // its lease is over
    await room.publish()
    expect(await only(room, site)).toMatchObject({ state: 'canceled' })
    expect(standing(room)).toEqual([])
  })
})

describe('published again', () => {
  test('what was canceled because its site had withdrawn it goes out, once', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    await announced(room, site)
    await site.tells('trash', 1)
    await settle(room, site)
    write(room, site, 'De retour')
    await tells(room, site, 'publish')
    await tells(room, site, 'publish')
    await room.publish()
    room.later(60)
    await room.publish()
    expect(await only(room, site)).toMatchObject({ state: 'published', round: 1 })
    expect(standing(room)).toEqual([expect.stringContaining('De retour')])
  })

  test('what a person canceled stays canceled', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    await announced(room, site)
    await say(room, await only(room, site), { kind: 'cancel' })
    await site.tells('trash', 1)
    await settle(room, site)
    await tells(room, site, 'publish')
    await room.publish()
    expect(await only(room, site)).toMatchObject({ state: 'canceled' })
    expect(standing(room)).toEqual([])
  })

  test('what stands already is not posted a second time', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    await announced(room, site)
    await room.publish()
    await site.tells('trash', 1)
    await settle(room, site)
    write(room, site, 'De retour')
    await tells(room, site, 'publish')
    room.later(60)
    await room.publish()
    expect(standing(room)).toEqual([expect.stringContaining('Premier titre')])
  })
})
