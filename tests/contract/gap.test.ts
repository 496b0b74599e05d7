import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decisionsOn, type Person } from '../../src/decisions/ledger.ts'
import { decide } from '../../src/deliveries/decide.ts'
import type { Decision } from '../../src/deliveries/moves.ts'
import { notices } from '../../src/notices/view.ts'
import { forgetGaps } from '../../src/sources/gap.ts'
import { type Newsroom, openNewsroom } from '../support/newsroom.ts'
import { openSite, type Site } from '../support/site.ts'
import { type Server, temporaryServer } from '../support/store.ts'

const anna: Person = { who: 'Anna', door: 'page' }
const HOUR_S = 3600

let server: Server
beforeAll(async () => {
  server = await temporaryServer()
})
afterAll(() => server[Symbol.asyncDispose]())

/** What the site's feed holds from now on. */
function holds(room: Newsroom, site: Site, ...numbers: number[]): void {
  const publishedAt = room.means.clock().toISOString()
  const pages = numbers.map((number) => ({ number, title: `Page ${number}`, text: 'Le canal.' }))
  site.pages.clear()
  for (const { number, ...page } of pages) site.pages.set(number, { ...page, publishedAt })
}

/** A site whose feed holds three known articles. */
async function known() {
  const room = await openNewsroom(server, 'mastodon')
  const site = await openSite(room)
  holds(room, site, 1, 2, 3)
  await site.poll()
  return { room, site }
}

const told = async (room: Newsroom) => (await notices(room.store.db)).map(({ kind }) => kind)

async function say(room: Newsroom, decision: Decision) {
  const [notice] = await notices(room.store.db)
  const { db } = room.store
  const means = { db, clock: room.means.clock, wake: () => Promise.resolve() }
  const on = { notice: Number(notice?.id.slice(1)) }
  return { on, decided: await decide(means, { on, version: null, decision, by: anna }) }
}

describe('a feed in which no known article is left', () => {
  test('says so once, with its source', async () => {
    const { room, site } = await known()
    await using _ = room
    await using __ = site
    room.later(HOUR_S)
    holds(room, site, 4, 5, 6)
    await site.poll()
    holds(room, site, 7, 8, 9)
    await site.poll()
    expect(await notices(room.store.db)).toMatchObject([{ kind: 'gap', source: site.host }])
  })

  test('is no gap while one of them is still there', async () => {
    const { room, site } = await known()
    await using _ = room
    await using __ = site
    room.later(HOUR_S)
    holds(room, site, 3, 4, 5)
    await site.poll()
    expect(await told(room)).toEqual([])
  })

  test('is none where the feed is empty, or held nothing before', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    holds(room, site, 1, 2)
    await site.poll()
    holds(room, site)
    await site.poll()
    expect(await told(room)).toEqual([])
  })

  test('is none in a feed that holds its newest article only, unless it was not read for long', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    await using site = await openSite(room)
    holds(room, site, 1)
    await site.poll()
    await site.poll()
    const { last_read_at: last } = await room.store.db
      .selectFrom('sources')
      .select('last_read_at')
      .executeTakeFirstOrThrow()
    // read a moment ago
    const due = new Date((last?.getTime() ?? 0) - 2000)
    await room.store.db.updateTable('sources').set({ due_at: due }).execute()
    holds(room, site, 2)
    await site.pollNow()
    expect(await told(room)).toEqual([])
    room.later(HOUR_S)
    holds(room, site, 3)
    await site.poll()
    expect(await told(room)).toEqual(['gap'])
  })

  test('whoever cancels it has seen it; nothing else answers it', async () => {
    const { room, site } = await known()
    await using _ = room
    await using __ = site
    room.later(HOUR_S)
    holds(room, site, 4, 5, 6)
    await site.poll()
    expect((await say(room, { kind: 'approve' })).decided).toMatchObject({
      seen: false,
      late: { why: 'other' },
    })
    const { on, decided } = await say(room, { kind: 'cancel' })
    expect(decided).toMatchObject({ seen: true, late: null })
    expect(await told(room)).toEqual([])
    expect(await decisionsOn(room.store.db, on)).toMatchObject([
      { kind: 'cancel', who: 'Anna', to: 'seen' },
    ])
  })

  test('closes by itself after a day', async () => {
    const { room, site } = await known()
    await using _ = room
    await using __ = site
    room.later(HOUR_S)
    holds(room, site, 4, 5, 6)
    await site.poll()
    room.later(23 * HOUR_S)
    await forgetGaps(room.store.db, room.means.clock())
    expect(await told(room)).toEqual(['gap'])
    room.later(2 * HOUR_S)
    await forgetGaps(room.store.db, room.means.clock())
    expect(await told(room)).toEqual([])
  })
})
