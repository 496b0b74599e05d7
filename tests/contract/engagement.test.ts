import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deliveries } from '../../src/deliveries/view.ts'
import { countAsked } from '../../src/engagement/asked.ts'
import { countDue } from '../../src/engagement/round.ts'
import { latestCounts, series } from '../../src/engagement/stats.ts'
import { countingDue } from '../../src/engagement/sweep.ts'
import type { PlatformId } from '../../src/platforms/platform.ts'
import { startMastodon } from '../../src/sandbox/mastodon.ts'
import { type Newsroom, openNewsroom } from '../support/newsroom.ts'
import { copyPosts, happens, type Move, publishedBefore, startKept } from '../support/readers.ts'
import { type Server, temporaryFolder, temporaryServer } from '../support/store.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The platforms that can be asked for many posts at once. */
const asking: PlatformId[] = ['bluesky', 'mastodon']
const call: Record<string, string> = { bluesky: 'getPosts', mastodon: '/api/v1/statuses' }

let server: Server
beforeAll(async () => {
  server = await temporaryServer()
})
afterAll(() => server[Symbol.asyncDispose]())

/** A published article: its delivery's number and its post's id on the stand-in. */
async function posted(room: Newsroom): Promise<{ delivery: number; post: string }> {
  const article = await room.announce()
  await room.publish()
  const { id } = await room.only(article)
  return { delivery: Number(id.slice(1)), post: room.standIn.posts().at(-1)?.id ?? '' }
}

/** Counts whatever is due now. */
const count = (room: Newsroom) => countDue(room.means, room.account)

const shown = async (room: Newsroom, delivery: number) =>
  (await latestCounts(room.store.db, [delivery])).get(delivery)

const questions = (room: Newsroom) =>
  room.standIn.seen().filter(({ method, path: asked }) => {
    const name = call[room.standIn.platform] ?? ''
    return method === 'GET' && asked.includes(name)
  }).length

describe.each(asking)('%s', (platform) => {
  test('what is stored and shown is what readers did, through a restart, a 429 and a day of absence', async () => {
    await using home = await temporaryFolder()
    const file = path.join(home.folder, 'posts.jsonl')
    const script: [wait: number, move: Move][] = [
      [5 * MINUTE, { likes: 1 }],
      [10 * MINUTE, { likes: 4, reposts: 1 }],
      [45 * MINUTE, { likes: 9, reposts: 2, replies: 1 }],
      [2 * HOUR, { likes: 9, reposts: 2, replies: 1 }],
      [3 * HOUR, { likes: 7, reposts: 2, replies: 2, quotes: 1 }],
    ]
    let ahead = 0
    const told: Move[] = []
    const play = async (room: Newsroom, delivery: number, post: string, moves: typeof script) => {
      for (const [wait, move] of moves) {
        await happens(room.standIn, 'counts', { id: post, ...move })
        room.later(wait)
        ahead += wait
        expect(await count(room)).toMatchObject({ ended: 'done' })
        const whole = { likes: 0, reposts: 0, replies: 0, quotes: 0, ...move }
        expect(await shown(room, delivery)).toMatchObject({ ...whole, views: null, rounded: [] })
        told.push(whole)
      }
    }

    const first = await openNewsroom(server, platform, undefined, {
      standIn: await startKept(platform, file),
    })
    const { delivery, post } = await posted(first)
    expect(await count(first)).toMatchObject({ ended: 'done' })
    expect(questions(first)).toBe(0) // nothing is due before five minutes
    await play(first, delivery, post, script.slice(0, 3))
    await first[Symbol.asyncDispose]()

    const port = Number(new URL(first.standIn.url).port)
    await using room = await openNewsroom(server, platform, undefined, {
      standIn: await startKept(platform, file, port),
      store: await server.reopen(first.store),
      ahead,
    })
    expect(await shown(room, delivery)).toMatchObject({ likes: 9, reposts: 2, replies: 1 })
    await play(room, delivery, post, script.slice(3))

    await happens(room.standIn, 'counts', { id: post, likes: 12 })
    const name = call[platform] ?? ''
    room.standIn.fault({ kind: 'answer', path: name, status: 429, body: '{"error":"Too many"}' })
    room.later(6 * HOUR)
    const refused = await count(room)
    expect(refused.ended).toBe('put off')
    expect(await shown(room, delivery)).toMatchObject({ likes: 7 })
    expect((await count(room)).ended).toBe('put off') // before its time nobody is asked again
    room.later(10 * MINUTE)
    expect(await count(room)).toMatchObject({ ended: 'done' })
    expect(await shown(room, delivery)).toMatchObject({ likes: 12, quotes: 0 })

    await happens(room.standIn, 'counts', { id: post, likes: 40 })
    room.later(2 * DAY + HOUR)
    const before = questions(room)
    expect(await count(room)).toMatchObject({ ended: 'done' })
    expect(await count(room)).toMatchObject({ ended: 'done' })
    expect(questions(room)).toBe(before + 1) // what was missed is not made up for
    expect(await shown(room, delivery)).toMatchObject({ likes: 40 })

    const samples = await series(room.store.db, delivery)
    const changed = told.filter((move, at) => JSON.stringify(move) !== JSON.stringify(told[at - 1]))
    expect(samples).toMatchObject([...changed, { likes: 12 }, { likes: 40 }])
  })

  test('a post that somebody deleted there is deleted here, its last counts stay, its series ends', async () => {
    await using room = await openNewsroom(server, platform)
    const gone = await posted(room)
    const stays = await posted(room)
    await happens(room.standIn, 'counts', { id: gone.post, likes: 3 })
    room.later(5 * MINUTE)
    await count(room)
    await happens(room.standIn, 'remove', { id: gone.post })
    room.later(10 * MINUTE)
    expect(await count(room)).toMatchObject({ ended: 'done' })
    const [row] = await deliveries(room.store.db, { delivery: gone.delivery })
    expect(row).toMatchObject({ state: 'deleted' })
    expect(await shown(room, gone.delivery)).toMatchObject({ likes: 3 })
    const [other] = await deliveries(room.store.db, { delivery: stays.delivery })
    expect(other).toMatchObject({ state: 'published' })
    const before = questions(room)
    room.later(HOUR)
    await count(room)
    expect(questions(room)).toBe(before + 1)
  })

  test('a post that an answer leaves out, but that stands, keeps its state and its counts', async () => {
    await using room = await openNewsroom(server, platform)
    const one = await posted(room)
    await posted(room)
    await happens(room.standIn, 'counts', { id: one.post, likes: 3 })
    room.later(5 * MINUTE)
    await count(room)
    const body = platform === 'bluesky' ? '{"posts":[]}' : '[]'
    const headers = { 'content-type': 'application/json' }
    const path = call[platform] ?? ''
    room.standIn.fault({ kind: 'answer', path, status: 200, headers, body })
    room.later(10 * MINUTE)
    expect(await count(room)).toMatchObject({ ended: 'done' })
    expect(await shown(room, one.delivery)).toMatchObject({ likes: 3 })
    const [row] = await deliveries(room.store.db, { delivery: one.delivery })
    expect(row).toMatchObject({ state: 'published' })
  })

  test.each([
    { name: 'a page', status: 200, body: '<!doctype html><title>Busy</title>' },
    { name: 'a page', status: 502, body: '<!doctype html><title>Bad gateway</title>' },
    { name: 'half an answer', status: 200, body: '{"posts":[{"ur' },
    { name: 'another JSON', status: 200, body: '{"hello":"world"}' },
  ])(
    '$name ($status) instead of counts changes nothing and is asked for later',
    async ({ status, body }) => {
      await using room = await openNewsroom(server, platform)
      const { delivery, post } = await posted(room)
      await happens(room.standIn, 'counts', { id: post, likes: 3 })
      room.later(5 * MINUTE)
      await count(room)
      const headers = {
        'content-type': body.startsWith('<') ? 'text/html' : 'application/json',
      }
      const fault = { kind: 'answer', path: call[platform] ?? '', status, body, headers } as const
      room.standIn.fault({ ...fault, method: 'GET', times: 2 })
      room.later(10 * MINUTE)
      const one = await count(room)
      room.later(2 * MINUTE)
      const two = await count(room)
      expect([one.ended, two.ended]).toEqual(['put off', 'put off'])
      expect(await shown(room, delivery)).toMatchObject({ likes: 3 })
      expect((await deliveries(room.store.db, { delivery }))[0]).toMatchObject({
        state: 'published',
      })
      room.later(HOUR)
      expect(await count(room)).toMatchObject({ ended: 'done' })
      const { problem } = await room.store.db
        .selectFrom('counting')
        .select('problem')
        .executeTakeFirstOrThrow()
      expect(problem).toBeNull()
    },
  )

  test('500 posts take few calls, and a round goes on where it stopped', async () => {
    await using home = await temporaryFolder()
    const file = path.join(home.folder, 'posts.jsonl')
    const first = await openNewsroom(server, platform, undefined, {
      standIn: await startKept(platform, file),
    })
    await posted(first)
    const post = first.standIn.posts()[0]
    if (post === undefined) throw new Error('nothing was posted')
    await first[Symbol.asyncDispose]()
    const ids = await copyPosts(file, post, 500)
    await using room = await openNewsroom(server, platform, undefined, {
      standIn: await startKept(platform, file),
    })
    const syndications = ids.map((id) => ({ id, url: null }))
    await publishedBefore(room, syndications, 2 * HOUR)
    const article = await room.announce()

    const yielded = await count(room)
    expect(yielded.ended).toBe('publishing')
    expect(questions(room)).toBe(0)
    await room.publish()
    expect(await room.only(article)).toMatchObject({ state: 'published' })

    let rounds = 0
    for (let round = await count(room); round.ended !== 'done'; round = await count(room)) {
      expect(round.ended).toBe('pace')
      room.later(30)
      rounds += 1
      if (rounds > 40) break
    }
    expect(questions(room)).toBeLessThanOrEqual(platform === 'bluesky' ? 20 : 25)
    const { counted } = await room.store.db
      .selectFrom('counts')
      .select((row) => row.fn.count<number>('counted_at').as('counted'))
      .executeTakeFirstOrThrow()
    expect(counted).toBe(500)
  })

  test('a post that falls due in the middle of a round waits for no more than one call', async () => {
    await using room = await openNewsroom(server, platform)
    const ids = Array.from({ length: 60 }, (_, at) => `${999_000 + at}`)
    const named =
      platform === 'mastodon' ? ids : ids.map((id) => `at://did:plc:x/app.bsky.feed.post/${id}`)
    await publishedBefore(
      room,
      named.map((id) => ({ id, url: null })),
      HOUR,
    )
    const fault = { kind: 'delay', path: call[platform] ?? '', method: 'GET', ms: 400 } as const
    room.standIn.fault(fault)
    const counting = count(room)
    while (questions(room) === 0) await new Promise(setImmediate)
    await room.announce()
    expect(await counting).toMatchObject({ ended: 'publishing' })
    expect(questions(room)).toBe(1)
  })

  test('a slow instance holds up no other account', async () => {
    await using slow = await openNewsroom(server, platform)
    await using other = await openNewsroom(server, platform)
    const there = await posted(other)
    await posted(slow)
    for (const room of [slow, other]) room.later(5 * MINUTE)
    slow.standIn.fault({ kind: 'delay', path: call[platform] ?? '', method: 'GET', ms: 20_000 })
    const hanging = count(slow)
    while (questions(slow) === 0) await new Promise(setImmediate)
    expect(await count(other)).toMatchObject({ ended: 'done' })
    expect(await shown(other, there.delivery)).toMatchObject({ likes: 0 })
    await slow.standIn.close()
    expect(await hanging).toMatchObject({ ended: 'put off' })
  })

  test('two processes count an account once', async () => {
    await using room = await openNewsroom(server, platform)
    await posted(room)
    room.later(5 * MINUTE)
    room.standIn.fault({ kind: 'delay', path: call[platform] ?? '', method: 'GET', ms: 300 })
    const first = count(room)
    while (questions(room) === 0) await new Promise(setImmediate)
    expect(await count(room)).toMatchObject({ ended: 'busy' })
    expect(await first).toMatchObject({ ended: 'done' })
    expect(questions(room)).toBe(1)
  })

  test('the sweep wakes an account when something is due, and no paused one', async () => {
    await using room = await openNewsroom(server, platform)
    const due = (seconds: number) => {
      const now = room.means.clock()
      return countingDue(room.store.db, now, new Date(now.getTime() + seconds * 1000))
    }
    await posted(room)
    expect(await due(90)).toEqual([])
    room.later(4 * MINUTE)
    const [woken] = await due(90)
    expect(woken?.job).toMatchObject({ queue: 'engagement', payload: { account: room.account } })
    const wait = (woken?.at.getTime() ?? 0) - room.means.clock().getTime()
    expect(Math.round(wait / 1000 / MINUTE)).toBe(1)
    await room.store.db.updateTable('accounts').set({ paused_at: new Date() }).execute()
    expect(await due(90)).toEqual([])
    room.later(MINUTE)
    expect(await count(room)).toMatchObject({ ended: 'stands still' })
    expect(questions(room)).toBe(0)
  })

  test('somebody who asks is answered now, whatever the cadence says', async () => {
    await using room = await openNewsroom(server, platform)
    const { delivery, post } = await posted(room)
    const waiting = await room.announce()
    await happens(room.standIn, 'counts', { id: post, likes: 2 })
    const ask = (ids: number[] | null) =>
      countAsked({ ...room.means, publishes: () => Promise.resolve(false) }, ids)
    expect(await ask(null)).toMatchObject([{ id: delivery, outcome: 'counted' }])
    expect(await shown(room, delivery)).toMatchObject({ likes: 2 })
    const other = Number((await room.only(waiting)).id.slice(1))
    expect(await ask([other])).toMatchObject([{ id: other, outcome: 'not published' }])
    const fault = { kind: 'answer', path: call[platform] ?? '', status: 503, body: 'busy' } as const
    room.standIn.fault({ ...fault, method: 'GET' })
    const [failed] = await ask([delivery])
    expect(failed).toMatchObject({ outcome: 'put off', problem: { kind: 'unavailable' } })
    expect(await ask([delivery])).toMatchObject([{ outcome: 'counted' }]) // a person need not wait for that
  })
})

test('an instance that takes one at a time is counted one after the other, a deleted post included', async () => {
  const standIn = await startMastodon({ port: 0, file: null, severalAtOnce: false, quotes: false })
  await using room = await openNewsroom(server, 'mastodon', undefined, { standIn })
  const one = await posted(room)
  const two = await posted(room)
  const three = await posted(room)
  await happens(standIn, 'counts', { id: two.post, likes: 2 })
  await happens(standIn, 'remove', { id: one.post })
  room.later(5 * MINUTE)
  expect(await count(room)).toMatchObject({ ended: 'done' })
  expect(await shown(room, two.delivery)).toMatchObject({ likes: 2, quotes: null })
  expect(await shown(room, three.delivery)).toMatchObject({ likes: 0, quotes: null })
  const [gone] = await deliveries(room.store.db, { delivery: one.delivery })
  expect(gone).toMatchObject({ state: 'deleted' })
  expect(questions(room)).toBeLessThanOrEqual(5)
})
