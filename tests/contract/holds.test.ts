import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../../src/decisions/ledger.ts'
import { decisionsOn } from '../../src/decisions/ledger.ts'
import { decide, type Decided, type Wish } from '../../src/deliveries/decide.ts'
import { takeNamed } from '../../src/deliveries/heard.ts'
import { deliveries } from '../../src/deliveries/view.ts'
import { type NoticeView, notices } from '../../src/notices/view.ts'
import { type Newsroom, openNewsroom } from '../support/newsroom.ts'
import { defaults, openSite, type Site } from '../support/site.ts'
import { type Server, temporaryServer } from '../support/store.ts'

const anna: Person = { who: 'Anna', door: 'page' }
const HOUR = 3_600_000

let server: Server
beforeAll(async () => {
  server = await temporaryServer()
})
afterAll(() => server[Symbol.asyncDispose]())

/** Publishes `count` pages from `first` on, `ageHours` old, each an hour older than the one before. */
function publish(room: Newsroom, site: Site, first: number, count: number, ageHours = 0): void {
  for (let number = first; number < first + count; number += 1) {
    const at = room.means.clock().getTime() - (ageHours + number - first) * HOUR
    const publishedAt = new Date(at).toISOString()
    site.pages.set(number, { title: `Page ${number}.`, text: 'Le canal rouvre.', publishedAt })
  }
}

async function statesOf(room: Newsroom): Promise<Record<string, number>> {
  const rows = await room.store.db
    .selectFrom('deliveries')
    .select((row) => ['state', row.fn.countAll<number>().as('rows')])
    .groupBy('state')
    .execute()
  return Object.fromEntries(rows.map(({ state, rows: count }) => [state, count]))
}

function answer(
  room: Newsroom,
  notice: NoticeView | undefined,
  more: Partial<Wish>,
): Promise<Decided> {
  const means = { db: room.store.db, clock: room.means.clock, wake: () => Promise.resolve() }
  const on = { notice: Number((notice?.id ?? 'n0').slice(1)) }
  return decide(means, { on, version: null, decision: { kind: 'approve' }, by: anna, ...more })
}

/** Sends all that may go out, whatever the pace. Answers which pages, in the order they went. */
async function sent(room: Newsroom): Promise<number[]> {
  for (let wait = 0; wait < 40; wait += 1) {
    await room.publish()
    room.later(60)
  }
  return room.standIn
    .posts()
    .map(({ wire }) => Number(/Page (\d+)\./.exec(JSON.stringify(wire))?.[1]))
}

describe('HOLD_OLDER', () => {
  test('what a feed brings long after its publication waits for a person', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    publish(room, site, 1, 1, 47)
    publish(room, site, 2, 1, 49)
    await site.poll()
    await site.work()
    expect(await sent(room)).toEqual([1])
    const [held] = await deliveries(room.store.db, { article: await site.articleOf(2) })
    expect(held).toMatchObject({ state: 'held', heldFor: 'old' })
    const [asked] = await notices(room.store.db)
    expect(asked).toMatchObject({
      id: held?.notice,
      kind: 'held',
      article: { title: 'Page 2.' },
      deliveries: [{ id: held?.id, heldFor: 'old' }],
      version: held?.version,
    })
    await answer(room, asked, { version: asked?.version ?? 0 })
    expect(await sent(room)).toEqual([1, 2])
    expect(await notices(room.store.db)).toEqual([])
  })

  test('a hook’s is held the same', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    await site.tells('update', 9) // the site is known from here on
    publish(room, site, 1, 1, 50)
    await site.tells('publish', 1)
    room.later(3)
    await site.work()
    const [held] = await deliveries(room.store.db, { article: await site.articleOf(1) })
    expect(held).toMatchObject({ state: 'held', heldFor: 'old' })
  })

  test('what somebody names on purpose is never held for its age', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    publish(room, site, 1, 2, 5000)
    const { store, means } = room
    await takeNamed(
      { db: store.db, clock: means.clock },
      { input: { url: site.urlOf(1) }, via: 'api' },
    )
    await site.poll()
    await site.work()
    expect(await statesOf(room)).toEqual({ pending: 1, held: 1 })
    expect(await sent(room)).toEqual([1])
  })

  test('what is held for its age goes out once somebody names it', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    publish(room, site, 1, 1, 5000)
    await site.poll()
    await site.work()
    const { store, means } = room
    const named = { input: { url: site.urlOf(1) }, via: 'bot' as const, by: anna }
    await takeNamed({ db: store.db, clock: means.clock }, named)
    expect(await sent(room)).toEqual([1])
    expect(await notices(room.store.db)).toEqual([])
    const [told] = await deliveries(room.store.db, { article: await site.articleOf(1) })
    const delivery = Number(told?.id.slice(1))
    expect(await decisionsOn(room.store.db, { deliveries: [delivery] })).toMatchObject([
      { kind: 'approve', who: 'Anna', from: 'held', to: 'pending' },
    ])
  })
})

describe('APPROVE', () => {
  test('holds every article, also what somebody names', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room, { ...defaults, approve: true })
    publish(room, site, 1, 2)
    const { store, means } = room
    await takeNamed(
      { db: store.db, clock: means.clock },
      { input: { url: site.urlOf(1) }, via: 'bot' },
    )
    await site.poll()
    await site.work()
    expect(await sent(room)).toEqual([])
    const asked = await notices(store.db)
    expect(asked.map(({ deliveries: [first] }) => first?.heldFor)).toEqual(['approval', 'approval'])
    await answer(room, asked[0], {})
    await answer(room, asked[1], { decision: { kind: 'cancel' } })
    expect(await statesOf(room)).toEqual({ pending: 1, canceled: 1 })
    expect(await sent(room)).toHaveLength(1)
  })
})

describe('HOLD_BURST', () => {
  test('ten new articles within an hour go out', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    publish(room, site, 1, 10)
    await site.poll()
    await site.work()
    expect(await statesOf(room)).toEqual({ pending: 10 })
    expect(await notices(room.store.db)).toEqual([])
  })

  test('the eleventh holds all that have not gone out yet, under one notice', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    publish(room, site, 1, 4)
    await site.poll()
    await site.work()
    expect(await sent(room)).toEqual([4, 3, 2, 1])
    publish(room, site, 11, 6)
    await site.poll()
    await site.work()
    expect(await statesOf(room)).toEqual({ published: 4, pending: 6 })
    publish(room, site, 21, 1)
    await site.poll()
    await site.work()
    expect(await statesOf(room)).toEqual({ published: 4, held: 7 })
    const asked = await notices(room.store.db)
    expect(asked).toMatchObject([
      { kind: 'flood', source: site.host, articles: 7, version: 7, article: null, account: null },
    ])
    publish(room, site, 31, 1)
    await site.poll()
    await site.work()
    expect(await statesOf(room)).toEqual({ published: 4, held: 8 })
    expect(await notices(room.store.db)).toMatchObject([{ id: asked[0]?.id, version: 8 }])
    const late = await answer(room, asked[0], { version: 7 })
    expect(late).toMatchObject({ moved: [], late: { why: 'more', articles: 8 } })
    expect(await statesOf(room)).toEqual({ published: 4, held: 8 })
  })

  test('eleven within more than an hour are none too many', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    publish(room, site, 1, 8)
    await site.poll()
    await site.work()
    room.later(3601)
    publish(room, site, 11, 8)
    await site.poll()
    await site.work()
    expect(await statesOf(room)).toEqual({ pending: 16 })
  })

  test('of 300 at once nothing goes out, and the newest three go where a person says so', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    publish(room, site, 1, 300, 1)
    await site.poll()
    for (let job = 0; job < 24; job += 1) await site.step() // a dozen of them are read
    expect(await sent(room)).toEqual([])
    const [asked, ...others] = await notices(room.store.db)
    expect(others).toEqual([])
    expect(asked).toMatchObject({ kind: 'flood', source: site.host, articles: 300 })
    const decided = await answer(room, asked, { version: 300, newest: 3 })
    expect(decided).toMatchObject({ articles: { go: 3, skip: 297 }, late: null, refused: [] })
    expect(await notices(room.store.db)).toEqual([])
    await site.work()
    expect(await statesOf(room)).toEqual({ pending: 3, canceled: 297 })
    expect(await sent(room)).toEqual([3, 2, 1])
    expect(await notices(room.store.db)).toEqual([])
    const [told] = await decisionsOn(room.store.db, { article: await site.articleOf(1) })
    expect(told).toMatchObject({ kind: 'approve', who: 'Anna', door: 'page', from: 'held' })

    publish(room, site, 1001, 1)
    await site.poll()
    await site.work()
    expect(await sent(room)).toEqual([3, 2, 1, 1001])
  })

  test.each([
    { listed: 'newest first', newestFirst: true },
    { listed: 'oldest first', newestFirst: false },
  ])('«all» of a feed that lists the $listed goes out oldest first', async ({ newestFirst }) => {
    await using room = await openNewsroom(server, 'telegram')
    await using site = await openSite(room)
    publish(room, site, 1, 12)
    const pages = [...site.pages]
    if (!newestFirst) site.pages = new Map(pages.toReversed())
    await site.poll()
    await site.work()
    const [asked] = await notices(room.store.db)
    const decided = await answer(room, asked, {})
    expect(decided.articles).toEqual({ go: 12, skip: 0 })
    await room.publish()
    expect(room.standIn.posts().length).toBeLessThan(12)
    expect(await sent(room)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
  })

  test('«none» cancels them all, and a second answer is told of the first', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    publish(room, site, 1, 12)
    await site.poll()
    await site.work()
    const [asked] = await notices(room.store.db)
    const both = await Promise.all([
      answer(room, asked, { decision: { kind: 'cancel' } }),
      answer(room, asked, { decision: { kind: 'cancel' }, by: { who: 'Ben', door: 'bot' } }),
    ])
    expect(both.flatMap(({ moved }) => moved)).toHaveLength(12)
    const [late] = both.flatMap((one) => one.late ?? [])
    expect(late).toMatchObject({ why: 'closed', last: { kind: 'cancel' } })
    expect(await statesOf(room)).toEqual({ canceled: 12 })
    expect(await sent(room)).toEqual([])
  })

  test('one that a person decides by itself is not decided again by the answer to all', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    publish(room, site, 1, 12)
    await site.poll()
    await site.work()
    const means = { db: room.store.db, clock: room.means.clock, wake: () => Promise.resolve() }
    const on = { article: await site.articleOf(1) }
    await decide(means, { on, version: null, decision: { kind: 'cancel' }, by: anna })
    const [asked] = await notices(room.store.db)
    const decided = await answer(room, asked, { newest: 3 })
    expect(decided.articles).toEqual({ go: 3, skip: 8 })
    expect(await sent(room)).toEqual([4, 3, 2])
  })

  test('closes by itself when each of them was decided by itself', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    publish(room, site, 1, 12)
    await site.poll()
    await site.work()
    const means = { db: room.store.db, clock: room.means.clock, wake: () => Promise.resolve() }
    for (let number = 1; number <= 12; number += 1) {
      expect(await notices(room.store.db)).toHaveLength(1)
      const on = { article: await site.articleOf(number) }
      await decide(means, { on, version: null, decision: { kind: 'cancel' }, by: anna })
    }
    expect(await notices(room.store.db)).toEqual([])
  })

  test('a notice of too many takes yes or no only', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    publish(room, site, 1, 11)
    await site.poll()
    await site.work()
    const [asked] = await notices(room.store.db)
    const told = await answer(room, asked, { decision: { kind: 'retry' } })
    expect(told).toMatchObject({ moved: [], articles: null, late: { why: 'other' } })
    expect(await notices(room.store.db)).toHaveLength(1)
  })

  test('what somebody names among them goes out all the same', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    publish(room, site, 1, 20)
    await site.poll()
    const { store, means } = room
    await takeNamed(
      { db: store.db, clock: means.clock },
      { input: { url: site.urlOf(5) }, via: 'api' },
    )
    await site.work()
    expect(await statesOf(room)).toEqual({ pending: 1, held: 19 })
    expect(await sent(room)).toEqual([5])
  })

  test('articles announced at the same moment and somebody who answers never wait in a circle', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    publish(room, site, 1, 40)
    await site.poll()
    const work = async () => {
      for (let job = 0; job < 30; job += 1) await site.step()
    }
    await Promise.all([work(), work(), work(), work()])
    const [asked] = await notices(room.store.db)
    const publishing = async () => {
      for (let time = 0; time < 10; time += 1) await room.publish()
    }
    await Promise.all([
      site.work(),
      answer(room, asked, {}),
      answer(room, asked, { decision: { kind: 'cancel' }, by: { who: 'Ben', door: 'bot' } }),
      publishing(),
    ])
    await site.work()
    const { held = 0 } = await statesOf(room)
    expect(held).toBe(0)
  })
})
