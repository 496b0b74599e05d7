import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Person, decisionsOn } from '../../src/decisions/ledger.ts'
import { claim } from '../../src/deliveries/claim.ts'
import { type Decided, decide } from '../../src/deliveries/decide.ts'
import type { Decision } from '../../src/deliveries/moves.ts'
import { noticeStates } from '../../src/deliveries/noticing.ts'
import type { Target } from '../../src/deliveries/refer.ts'
import { articleStory } from '../../src/deliveries/story.ts'
import { deliveries } from '../../src/deliveries/view.ts'
import { withdraw } from '../../src/deliveries/withdraw.ts'
import { notices } from '../../src/notices/view.ts'
import type { PlatformId } from '../../src/platforms/platform.ts'
import type { DeliveryState } from '../../src/store/schema.ts'
import { type Newsroom, openNewsroom } from '../support/newsroom.ts'
import { type Server, temporaryServer } from '../support/store.ts'

const anna: Person = { who: 'Anna', door: 'page' }
const ben: Person = { who: 'Ben', door: 'bot' }
const token = '00000000-0000-4000-8000-000000000000'

const approve = { kind: 'approve' } as const
const retry = { kind: 'retry' } as const
const cancel = { kind: 'cancel' } as const
const leave = { kind: 'resolve', as: 'leave' } as const
const again = { kind: 'resolve', as: 'send again' } as const
const there = (url: string) => ({ kind: 'resolve', as: 'published', url }) as const

const states: DeliveryState[] = [
  'held',
  'pending',
  'publishing',
  'uncertain',
  'published',
  'failed',
  'canceled',
  'deleted',
]

let server: Server
beforeAll(async () => {
  server = await temporaryServer()
})
afterAll(() => server[Symbol.asyncDispose]())

/** What somebody decides; `version` null: without having looked. */
function say(
  room: Newsroom,
  on: Target,
  decision: Decision,
  { by = anna, version = null }: { by?: Person; version?: number | null } = {},
): Promise<Decided> {
  const means = { db: room.store.db, clock: room.means.clock, wake: () => Promise.resolve() }
  return decide(means, { on, version, decision, by })
}

const numberOf = (id: string) => Number(id.slice(1))

/** A delivery that stands like that, and its article. */
async function standing(
  room: Newsroom,
  state: DeliveryState,
): Promise<{ delivery: number; article: number }> {
  const article = await room.announce()
  const delivery = numberOf((await room.only(article)).id)
  const asks = state === 'held' || state === 'pending'
  const leased = { lease_token: token, lease_until: new Date(Date.now() + 3_600_000) }
  await room.store.db.transaction().execute(async (tx) => {
    // One at a time is in flight on an account.
    await tx
      .updateTable('deliveries')
      .set({ state: 'published', lease_token: null, lease_until: null })
      .where('lease_token', 'is not', null)
      .execute()
    await tx
      .updateTable('deliveries')
      .set({
        state,
        ...(!asks && { due_at: null }),
        held_for: state === 'held' ? 'approval' : null,
        ...(state === 'publishing' && leased),
      })
      .where('id', '=', delivery)
      .execute()
    await noticeStates(tx, [delivery], room.means.clock())
  })
  return { delivery, article }
}

/** Asks for a person: its answer was lost, in a channel that nobody can look through. */
async function lost(room: Newsroom): Promise<{ delivery: number; article: number }> {
  room.standIn.fault({ kind: 'answer', path: '/s/', method: 'GET', status: 302, times: 9 })
  room.standIn.fault({ kind: 'drop-after', path: 'sendMessage', method: 'POST' })
  const article = await room.announce()
  await room.publish()
  room.later(30)
  await room.publish()
  return { article, delivery: numberOf((await room.only(article)).id) }
}

describe('each decision, about each state', () => {
  let room: Newsroom
  let address: string
  beforeAll(async () => {
    room = await openNewsroom(server, 'mastodon')
    await room.announce()
    await room.publish() // who the account is is known from here on
    const posted = room.standIn.posts()[0]?.url ?? ''
    address = posted.replace(/\d+$/, '99')
  })
  afterAll(() => room[Symbol.asyncDispose]())

  const table: [string, () => Decision, Partial<Record<DeliveryState, DeliveryState>>][] = [
    ['approve', () => approve, { held: 'pending' }],
    ['retry', () => retry, { failed: 'pending', canceled: 'pending' }],
    ['cancel', () => cancel, { held: 'canceled', pending: 'canceled', failed: 'canceled' }],
    ['it is there', () => there(address), { uncertain: 'published' }],
    ['send again', () => again, { uncertain: 'pending' }],
    ['leave it', () => leave, { uncertain: 'uncertain' }],
  ]
  const rows = table.flatMap(([name, decision, leads]) =>
    states.map((state) => ({ name, decision, state, to: leads[state] ?? ('nothing' as const) })),
  )

  test.each(rows)('$name: $state → $to', async ({ decision, state, to }) => {
    const { delivery, article } = await standing(room, state)
    const before = await room.only(article)
    const { moved, refused } = await say(room, { delivery }, decision(), {
      version: before.version,
    })
    const after = await room.only(article)
    const decided = await decisionsOn(room.store.db, { deliveries: [delivery] })
    if (to === 'nothing') {
      expect(moved).toEqual([])
      expect(refused).toMatchObject([{ id: `d${delivery}`, why: 'unfit', state, last: null }])
      expect(after).toEqual(before)
      expect(decided).toEqual([])
    } else {
      expect(refused).toEqual([])
      expect(moved).toMatchObject([{ id: `d${delivery}`, from: state, state: to }])
      expect(after).toMatchObject({ state: to, version: moved[0]?.version, heldFor: null })
      expect(after.version).toBeGreaterThan(before.version)
      expect(after.notice).toBeNull()
      const { kind } = decision()
      expect(decided).toMatchObject([{ kind, who: 'Anna', door: 'page', from: state, to }])
    }
  })
})

describe('what was seen', () => {
  test('a decision about what has changed since changes nothing and is told by whom', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    const { delivery, article } = await standing(room, 'held')
    const { version } = await room.only(article)
    await say(room, { delivery }, approve, { version, by: ben })
    const late = await say(room, { delivery }, cancel, { version })
    expect(late.moved).toEqual([])
    expect(late.refused).toMatchObject([
      { why: 'changed', state: 'pending', last: { who: 'Ben', door: 'bot', kind: 'approve' } },
    ])
    expect(await room.only(article)).toMatchObject({ state: 'pending' })
    const now = await room.only(article)
    await say(room, { delivery }, cancel, { version: now.version })
    expect(await room.only(article)).toMatchObject({ state: 'canceled' })
  })

  test('an article stands for all its deliveries, and its version for all of theirs', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    const { article } = await standing(room, 'failed')
    await room.again(article)
    const version = (await articleStory(room.store.db, article))?.version ?? 0
    const [first, second] = await deliveries(room.store.db, { article })
    await say(room, { delivery: numberOf(second?.id ?? '') }, cancel, { by: ben })
    const late = await say(room, { article }, retry, { version })
    expect(late).toMatchObject({
      moved: [],
      refused: [
        { id: first?.id, why: 'changed', state: 'failed', last: null },
        { id: second?.id, why: 'changed', state: 'canceled', last: { who: 'Ben' } },
      ],
    })
    const seen = (await articleStory(room.store.db, article))?.version ?? 0
    const { moved, refused } = await say(room, { article }, retry, { version: seen })
    expect(moved.map(({ id, state }) => [id, state])).toEqual([
      [first?.id, 'pending'],
      [second?.id, 'pending'],
    ])
    expect(refused).toEqual([])
  })

  test('of an article those move that the decision fits; the others are no news', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    const { article } = await standing(room, 'published')
    await room.again(article)
    const { moved, refused } = await say(room, { article }, cancel)
    expect(moved).toMatchObject([{ from: 'pending', state: 'canceled' }])
    expect(refused).toEqual([])
    const none = await say(room, { article }, cancel)
    expect(none.refused.map(({ state }) => state)).toEqual(['published', 'canceled'])
  })

  test('what a worker is at is let finish', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    const article = await room.announce()
    await claim(room.store.db, room.account, room.means.clock(), token)
    expect(await say(room, { article }, cancel)).toMatchObject({
      moved: [],
      refused: [{ why: 'unfit', state: 'publishing', last: null }],
    })
    expect(await room.only(article)).toMatchObject({ state: 'publishing' })
  })

  test('what its site has withdrawn meanwhile cannot be tried again', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    const { article } = await standing(room, 'held')
    await room.store.db.updateTable('articles').set({ state: 'withdrawn' }).execute()
    await withdraw(room.store.db, article, room.means.clock())
    expect(await say(room, { article }, retry)).toMatchObject({
      moved: [],
      refused: [{ why: 'withdrawn', state: 'canceled' }],
    })
  })
})

describe('two at once', () => {
  test('one decision each of 100 times, and the other is told who was first', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    for (let time = 0; time < 100; time += 1) {
      const { delivery, article } = await standing(room, 'held')
      const { version, notice } = await room.only(article)
      // By its own id, by its article's, and by the notice that asks: it is the same one.
      const ways: Target[] = [{ delivery }, { article }, { notice: numberOf(notice ?? 'n0') }]
      const [one = { delivery }, other = { delivery }] = [ways[time % 3], ways[(time >> 1) % 3]]
      const both = await Promise.all([
        say(room, one, approve, { by: anna, version }),
        say(room, other, cancel, { by: ben, version }),
      ])
      const [winner] = both.flatMap(({ moved }) => moved)
      const first = winner?.state === 'pending' ? 'Anna' : 'Ben'
      expect(both.filter(({ moved }) => moved.length === 1)).toHaveLength(1)
      const loser = both.find(({ moved }) => moved.length === 0)
      const told = loser?.late ?? loser?.refused[0]
      expect(told).toMatchObject({ last: { who: first } })
      expect(await decisionsOn(room.store.db, { deliveries: [delivery] })).toHaveLength(1)
      expect(await room.only(article)).toMatchObject({ state: winner?.state })
    }
  })

  test('without having looked, the second is told that it does not fit any more', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    for (let time = 0; time < 20; time += 1) {
      const { delivery } = await standing(room, 'held')
      const both = await Promise.all([
        say(room, { delivery }, approve, { by: anna }),
        say(room, { delivery }, approve, { by: ben }),
      ])
      expect(both.flatMap(({ moved }) => moved)).toHaveLength(1)
      expect(both.flatMap(({ refused }) => refused)).toMatchObject([
        { why: 'unfit', state: 'pending', last: { kind: 'approve' } },
      ])
    }
  })

  test('a worker, a site that withdraws and a person come to an end whatever their order', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    for (let time = 0; time < 30; time += 1) {
      const { article } = await standing(room, 'pending')
      await room.again(article)
      const now = room.means.clock()
      await room.store.db
        .updateTable('articles')
        .set({ state: 'withdrawn' })
        .where('id', '=', article)
        .execute()
      await Promise.all([
        say(room, { article }, cancel),
        withdraw(room.store.db, article, now),
        claim(room.store.db, room.account, now, token),
      ])
      const told = await deliveries(room.store.db, { article })
      expect(told.map(({ state }) => state)).toEqual(['canceled', 'canceled'])
    }
  })
})

describe('what comes of it', () => {
  const all: PlatformId[] = ['telegram', 'bluesky', 'mastodon']
  const path = { telegram: 'sendMessage', bluesky: 'putRecord', mastodon: '/api/v1/statuses' }
  const refusal = {
    telegram: '{"ok":false,"error_code":400,"description":"Bad Request: message is too long"}',
    bluesky: '{"error":"InvalidRequest","message":"Record/text must not be longer"}',
    mastodon: '{"error":"Validation failed: Text character limit exceeded"}',
  }

  test.each(all)('%s: what was refused and is tried again goes out once', async (platform) => {
    await using room = await openNewsroom(server, platform)
    const status = platform === 'mastodon' ? 422 : 400
    const body = refusal[platform]
    const fault = { kind: 'answer', path: path[platform], status, body } as const
    room.standIn.fault({ ...fault, method: 'POST' })
    const article = await room.announce()
    await room.publish()
    const failed = await room.only(article)
    expect(failed).toMatchObject({ state: 'failed', error: { kind: 'rejected' } })
    const notice = numberOf(failed.notice ?? '')
    expect(await notices(room.store.db)).toMatchObject([
      { id: failed.notice, kind: 'rejected', account: platform, version: failed.version },
    ])
    const { moved } = await say(room, { notice }, retry, { version: failed.version })
    expect(moved).toMatchObject([{ from: 'failed', state: 'pending' }])
    expect(await notices(room.store.db)).toEqual([])
    room.later(10)
    await room.publish()
    await room.publish()
    expect(await room.only(article)).toMatchObject({ state: 'published', error: null })
    expect(room.standIn.posts()).toHaveLength(1)
    const [told] = await notices(room.store.db, { id: notice })
    expect(told?.closedAt).not.toBeNull()
  })

  test.each(all)(
    '%s: what was canceled and is tried again after all goes out',
    async (platform) => {
      await using room = await openNewsroom(server, platform)
      const article = await room.announce()
      await say(room, { article }, cancel)
      await room.publish()
      expect(room.standIn.posts()).toEqual([])
      await say(room, { article }, retry)
      await room.publish()
      expect(await room.only(article)).toMatchObject({ state: 'published' })
      expect(room.standIn.posts()).toHaveLength(1)
    },
  )

  test('«it is there»: the address that a person found is adopted, nothing is sent', async () => {
    await using room = await openNewsroom(server, 'telegram')
    const { delivery, article } = await lost(room)
    const asked = await notices(room.store.db)
    expect(asked).toMatchObject([{ kind: 'uncertain', deliveries: [{ id: `d${delivery}` }] }])
    const url = room.standIn.posts()[0]?.url ?? ''
    await say(room, { delivery }, there(url))
    room.later(600)
    await room.publish()
    expect(await room.only(article)).toMatchObject({ state: 'published', url, error: null })
    expect(room.standIn.posts()).toHaveLength(1)
    expect(await notices(room.store.db)).toEqual([])
  })

  test.each([
    'https://t.me/somebody_else/1',
    'https://mastodon.example/@somebody/1',
    'https://t.me/',
    'yes',
    '',
  ])('an address that is no post of that account (%s) is refused, nothing changes', async (url) => {
    await using room = await openNewsroom(server, 'telegram')
    const { delivery, article } = await lost(room)
    const before = await room.only(article)
    await expect(say(room, { delivery }, there(url))).rejects.toMatchObject({
      kind: 'post-address',
      facts: { account: 'telegram' },
    })
    expect(await room.only(article)).toEqual(before)
    expect(await decisionsOn(room.store.db, { deliveries: [delivery] })).toEqual([])
    expect(await notices(room.store.db)).toHaveLength(1)
  })

  test('«send again» sends once more, and once only', async () => {
    await using room = await openNewsroom(server, 'telegram')
    const { article, delivery } = await lost(room)
    const [asked] = await notices(room.store.db)
    const on = { notice: numberOf(asked?.id ?? '') }
    await Promise.all([
      say(room, on, again, { version: asked?.version ?? 0 }),
      say(room, on, again, { version: asked?.version ?? 0, by: ben }),
    ])
    for (let wait = 0; wait < 3; wait += 1) {
      room.later(10)
      await room.publish()
    }
    expect(await room.only(article)).toMatchObject({ state: 'published' })
    expect(room.standIn.posts()).toHaveLength(2) // the first had arrived: the person was wrong
    expect(await decisionsOn(room.store.db, { deliveries: [delivery] })).toHaveLength(1)
  })

  test('«leave it» stays uncertain and asks no more, until somebody finds it after all', async () => {
    await using room = await openNewsroom(server, 'telegram')
    const { article, delivery } = await lost(room)
    await say(room, { delivery }, leave)
    room.later(100_000)
    await room.publish()
    expect(await room.only(article)).toMatchObject({
      state: 'uncertain',
      waitsFor: null,
      notice: null,
    })
    expect(await notices(room.store.db)).toEqual([])
    const url = room.standIn.posts()[0]?.url ?? ''
    await say(room, { delivery }, there(url), { by: ben })
    expect(await room.only(article)).toMatchObject({ state: 'published', url })
  })

  test('whoever may send now is woken', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    const { delivery } = await standing(room, 'held')
    const woken: number[] = []
    const wake = (accounts: readonly { id: number }[]) => {
      woken.push(...accounts.map(({ id }) => id))
      return Promise.resolve()
    }
    const means = { db: room.store.db, clock: room.means.clock, wake }
    await decide(means, { on: { delivery }, version: null, decision: approve, by: anna })
    expect(woken).toEqual([room.account])
  })
})

describe('notices', () => {
  test('are raised once, however often it is said', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    const { delivery } = await standing(room, 'failed')
    const { article } = await standing(room, 'held')
    const db = room.store.db
    const raised = await notices(db)
    expect(raised.map(({ kind }) => kind)).toEqual(['held', 'rejected'])
    await Promise.all(
      Array.from({ length: 10 }, () =>
        db.transaction().execute((tx) => noticeStates(tx, [delivery], room.means.clock())),
      ),
    )
    expect(await notices(db)).toEqual(raised)
    expect(await room.only(article)).toMatchObject({ notice: raised[0]?.id })
  })

  test('close by themselves once they are so no more', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    const { article } = await standing(room, 'held')
    expect(await notices(room.store.db)).toHaveLength(1)
    await room.store.db.updateTable('articles').set({ state: 'withdrawn' }).execute()
    await withdraw(room.store.db, article, room.means.clock())
    expect(await notices(room.store.db)).toEqual([])
  })

  test('what is a day late is one about its article, and an answer sends it', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    const article = await room.announce()
    room.later(24 * 3600 + 1)
    await room.publish()
    const [asked] = await notices(room.store.db)
    expect(asked).toMatchObject({ kind: 'held', deliveries: [{ heldFor: 'late' }] })
    const on = { notice: numberOf(asked?.id ?? '') }
    await say(room, on, approve, { version: asked?.version ?? 0 })
    await room.publish()
    expect(await room.only(article)).toMatchObject({ state: 'published' })
    expect(await notices(room.store.db)).toEqual([])
  })

  test('one that is settled already does nothing and says by whom', async () => {
    await using room = await openNewsroom(server, 'mastodon')
    const { delivery, article } = await standing(room, 'failed')
    const [asked] = await notices(room.store.db)
    await say(room, { delivery }, retry, { by: ben })
    const before = await room.only(article)
    const late = await say(room, { notice: numberOf(asked?.id ?? '') }, retry)
    expect(late).toMatchObject({
      moved: [],
      refused: [],
      late: { why: 'closed', last: { who: 'Ben', door: 'bot', kind: 'retry' } },
    })
    expect(await room.only(article)).toEqual(before)
  })

  test('one about an account is answered there, not by a decision about posts', async () => {
    await using room = await openNewsroom(server, 'mastodon', 'wrong-token-wrong-token-wrong-token')
    await room.announce()
    await room.publish()
    const [asked] = await notices(room.store.db)
    expect(asked).toMatchObject({ kind: 'unauthorized', account: 'mastodon' })
    const on = { notice: numberOf(asked?.id ?? '') }
    expect(await say(room, on, retry)).toMatchObject({ moved: [], late: { why: 'other' } })
    expect(await notices(room.store.db)).toHaveLength(1)
  })
})
