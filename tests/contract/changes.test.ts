import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pause, resume } from '../../src/accounts/steer.ts'
import type { Policy } from '../../src/config/config.ts'
import type { Person } from '../../src/decisions/ledger.ts'
import { claim } from '../../src/deliveries/claim.ts'
import { wantChanges } from '../../src/deliveries/want-changes.ts'
import { notices } from '../../src/notices/view.ts'
import type { PlatformId } from '../../src/platforms/platform.ts'
import { platforms } from '../../src/platforms/registry.ts'
import type { Fault } from '../../src/sandbox/stand-in.ts'
import { type Newsroom, openNewsroom } from '../support/newsroom.ts'
import { type Server, temporaryServer } from '../support/store.ts'

const all: PlatformId[] = ['telegram', 'bluesky', 'mastodon']
const anna: Person = { who: 'Anna', door: 'page' }
const MINUTE_S = 60
const follows = { edit: true, withdrawn: 'delete' } as const

/** The calls that change what stands. */
const calls = {
  edit: {
    telegram: { method: 'POST', path: 'editMessageText' },
    bluesky: { method: 'POST', path: 'putRecord' },
    mastodon: { method: 'PUT', path: '/api/v1/statuses/' },
  },
  remove: {
    telegram: { method: 'POST', path: 'deleteMessage' },
    bluesky: { method: 'POST', path: 'deleteRecord' },
    mastodon: { method: 'DELETE', path: '/api/v1/statuses/' },
  },
} satisfies Record<string, Record<PlatformId, { method: string; path: string }>>

/** How each refuses for good. */
const refusals: Record<PlatformId, Pick<Fault, 'status' | 'body'>> = {
  telegram: {
    status: 400,
    body: '{"ok":false,"error_code":400,"description":"Bad Request: message can\'t be edited"}',
  },
  bluesky: { status: 400, body: '{"error":"InvalidRequest","message":"not this one"}' },
  mastodon: { status: 422, body: '{"error":"Validation failed: not this one"}' },
}

let server: Server
beforeAll(async () => {
  server = await temporaryServer()
})
afterAll(() => server[Symbol.asyncDispose]())

/** A newsroom with one article that stands, and as much pace as it likes. */
async function published(
  platform: PlatformId,
  policy: Partial<Policy> = follows,
): Promise<{ room: Newsroom; article: number }> {
  const room = await openNewsroom(server, platform, undefined, { policy })
  const article = await room.announce()
  await room.publish()
  room.later(MINUTE_S)
  return { room, article }
}

const seen = (room: Newsroom, what: keyof typeof calls) => {
  const { method, path } = calls[what][room.standIn.platform]
  return room.standIn.seen().filter((one) => one.method === method && one.path.includes(path))
}
/** Requests that were to change something on the platform, whatever they were. */
const writes = (room: Newsroom) =>
  room.standIn.seen().filter(({ method, path }) => method !== 'GET' && !path.includes('Session'))
const standing = (room: Newsroom) => room.standIn.posts().map(({ wire }) => JSON.stringify(wire))

async function later(room: Newsroom, seconds: number): Promise<void> {
  room.later(seconds)
  await room.follow()
  await room.publish()
}

describe.each(all)('%s', (platform) => {
  test('an article saved again without a visible change asks nothing of its platform', async () => {
    const { room, article } = await published(platform)
    await using _ = room
    const before = writes(room).length
    await room.revise(article, { updatedAt: '2026-02-05T09:12:00.000Z', authors: ['Anna'] })
    await later(room, 5 * MINUTE_S)
    expect(writes(room)).toHaveLength(before)
    expect(await room.only(article)).toMatchObject({ change: null, changedSince: false })
  })

  test('three revisions within 90 seconds are one edit, of the last words', async () => {
    const { room, article } = await published(platform)
    await using _ = room
    const before = writes(room).length
    for (const title of ['Deux', 'Trois', 'Le canal rouvre enfin']) {
      await room.revise(article, { title })
      await later(room, 20)
    }
    expect(writes(room)).toHaveLength(before)
    expect(await room.only(article)).toMatchObject({
      state: 'published',
      change: { kind: 'edit', state: 'waiting', error: null },
    })
    await later(room, 2 * MINUTE_S)
    expect(seen(room, 'edit')).toHaveLength(platform === 'bluesky' ? before + 1 : 1)
    expect(standing(room)).toEqual([expect.stringContaining('Le canal rouvre enfin')])
    const { change, changedSince, attempts } = await room.only(article)
    expect({ change, changedSince }).toEqual({ change: null, changedSince: false })
    expect(attempts.at(-1)).toMatchObject({ operation: 'edit', outcome: 'done' })
  })

  test('a revision that comes while the post is on its way is seen to afterwards', async () => {
    await using room = await openNewsroom(server, platform, undefined, { policy: follows })
    const article = await room.announce()
    await room.publish() // the account is known from here on
    room.later(MINUTE_S)
    const second = await room.announce()
    const { path, method } = {
      telegram: { method: 'POST', path: 'sendMessage' },
      bluesky: calls.edit.bluesky,
      mastodon: { method: 'POST', path: '/api/v1/statuses' },
    }[platform]
    room.standIn.fault({ kind: 'drop-after', path, method })
    await room.publish()
    await room.revise(second, { title: 'Le canal rouvre enfin' })
    for (let minute = 0; minute < 8; minute += 1) await later(room, MINUTE_S)
    expect(await room.only(second)).toMatchObject({ state: 'published', change: null })
    expect(standing(room)).toHaveLength(2)
    expect(standing(room)[1]).toContain('Le canal rouvre enfin')
    expect((await room.only(article)).state).toBe('published')
  })

  test('an edit that is refused is a notice; retry and cancel answer it', async () => {
    const { room, article } = await published(platform)
    await using _ = room
    const refused = { kind: 'answer', ...calls.edit[platform], ...refusals[platform] } as const
    room.standIn.fault(refused)
    await room.revise(article, { title: 'Deux' })
    await later(room, 2 * MINUTE_S)
    const delivery = await room.only(article)
    expect(delivery).toMatchObject({
      state: 'published',
      change: { kind: 'edit', state: 'failed' },
    })
    expect(await notices(room.store.db)).toMatchObject([{ kind: 'change', id: delivery.notice }])
    room.standIn.fault(refused)
    expect(await room.say(article, { kind: 'retry' })).toMatchObject({
      moved: [{ state: 'published' }],
    })
    expect(await notices(room.store.db)).toEqual([])
    await room.publish()
    expect(await notices(room.store.db)).toMatchObject([{ kind: 'change' }])
    await room.say(article, { kind: 'cancel' })
    expect(await notices(room.store.db)).toEqual([])
    await later(room, 60 * MINUTE_S)
    expect(await room.only(article)).toMatchObject({ change: null, changedSince: true })
    await room.revise(article, { title: 'Trois' })
    await later(room, 2 * MINUTE_S)
    expect(standing(room)).toEqual([expect.stringContaining('Trois')])
  })

  test('an edit whose answer is lost is made again, and is one', async () => {
    const { room, article } = await published(platform)
    await using _ = room
    room.standIn.fault({ kind: 'drop-after', ...calls.edit[platform] })
    await room.revise(article, { title: 'Deux' })
    await later(room, 2 * MINUTE_S)
    expect(await room.only(article)).toMatchObject({ change: { kind: 'edit', state: 'waiting' } })
    await later(room, MINUTE_S)
    expect(await room.only(article)).toMatchObject({ change: null })
    expect(standing(room)).toEqual([expect.stringContaining('Deux')])
  })

  test('withdrawn: taken down after the grace, and nothing is posted again', async () => {
    const { room, article } = await published(platform)
    await using _ = room
    await room.withdraw(article)
    await later(room, 14 * MINUTE_S)
    expect(standing(room)).toHaveLength(1)
    expect(await room.only(article)).toMatchObject({ change: { kind: 'delete', state: 'waiting' } })
    await later(room, 2 * MINUTE_S)
    expect(standing(room)).toEqual([])
    expect(await room.only(article)).toMatchObject({ state: 'deleted', change: null })
  })

  test('draft, published, draft, published: neither doubled nor taken down', async () => {
    const { room, article } = await published(platform)
    await using _ = room
    const before = writes(room).length
    await room.withdraw(article)
    await later(room, 10 * MINUTE_S)
    await room.withdraw(article, 'ready')
    await later(room, 10 * MINUTE_S)
    await room.withdraw(article)
    await later(room, 10 * MINUTE_S)
    await room.withdraw(article, 'ready')
    await later(room, 60 * MINUTE_S)
    expect(writes(room)).toHaveLength(before)
    expect(await room.only(article)).toMatchObject({ state: 'published', change: null })
  })

  test('withdrawn where the account keeps what stands: it stays', async () => {
    const { room, article } = await published(platform, { withdrawn: 'keep' })
    await using _ = room
    const before = writes(room).length
    await room.withdraw(article)
    await later(room, 60 * MINUTE_S)
    expect(writes(room)).toHaveLength(before)
    expect(await room.only(article)).toMatchObject({ state: 'published', changedSince: true })
  })

  test('a policy that is turned on later touches nothing of before', async () => {
    const { room, article } = await published(platform, { edit: false, withdrawn: 'keep' })
    await using _ = room
    const other = await room.announce()
    await later(room, MINUTE_S)
    await room.revise(article, { title: 'Deux' })
    await room.withdraw(other)
    room.later(3 * 24 * 60 * MINUTE_S)
    const connections = { policy: () => ({ ...follows, uncertain: 'ask' as const }) }
    const wanted = await wantChanges({ db: room.store.db, connections }, room.means.clock())
    expect(wanted).toEqual([])
    expect(standing(room)).toHaveLength(2)
  })

  test('somebody takes a post down: a deletion replaces an edit, and nobody is told twice', async () => {
    const { room, article } = await published(platform)
    await using _ = room
    await room.revise(article, { title: 'Deux' })
    expect(await room.say(article, { kind: 'delete' })).toMatchObject({
      moved: [{ from: 'published', state: 'published' }],
    })
    expect(await room.say(article, { kind: 'delete' })).toMatchObject({
      moved: [],
      refused: [{ why: 'unfit' }],
    })
    await room.publish()
    await later(room, 5 * MINUTE_S)
    expect(standing(room)).toEqual([])
    expect(seen(room, 'remove')).toHaveLength(1)
    expect(await room.only(article)).toMatchObject({ state: 'deleted', change: null, error: null })
  })

  test('what is found gone while it is edited is deleted', async () => {
    const { room, article } = await published(platform)
    await using _ = room
    const { url } = await room.only(article)
    await removeByHand(room, url ?? '')
    await room.revise(article, { title: 'Deux' })
    await later(room, 2 * MINUTE_S)
    const { state, change } = await room.only(article)
    expect({ state, change }).toEqual({ state: 'deleted', change: null })
    expect(await notices(room.store.db)).toEqual([])
  })

  test('two workers never make one change at the same time', async () => {
    const { room, article } = await published(platform)
    await using _ = room
    await room.say(article, { kind: 'delete' })
    const { db } = room.store
    const now = room.means.clock()
    const tokens = [0, 1, 2].map((n) => `00000000-0000-4000-8000-00000000000${n}`)
    const claims = await Promise.all(tokens.map((token) => claim(db, room.account, now, token)))
    expect(claims.filter(({ kind }) => kind === 'claimed')).toHaveLength(1)
    // whoever has it stops without a word: another does it once the lease is over
    await later(room, MINUTE_S)
    expect(await room.only(article)).toMatchObject({ state: 'deleted' })
    expect(seen(room, 'remove')).toHaveLength(1)
  })

  test('a paused account changes nothing before it goes on', async () => {
    const { room, article } = await published(platform)
    await using _ = room
    const { db } = room.store
    await pause(db, room.account, anna, room.means.clock())
    await room.say(article, { kind: 'delete' })
    await later(room, 5 * MINUTE_S)
    expect(standing(room)).toHaveLength(1)
    await resume(db, room.account, anna, room.means.clock())
    await room.publish()
    expect(standing(room)).toEqual([])
  })

  test('edits and deletions keep the account’s pace', async () => {
    const { room, article } = await published(platform)
    await using _ = room
    const { everyMs, burst } = platforms[platform].pace
    const articles = [article, await room.announce(), await room.announce()]
    await later(room, 5 * MINUTE_S)
    expect(standing(room)).toHaveLength(3)
    // All that the account may do at once is spent, and two minutes more.
    const ahead = 2 * MINUTE_S * 1000 + (burst - 1) * everyMs
    const spent = new Date(room.means.clock().getTime() + ahead)
    const { db } = room.store
    await db.updateTable('accounts').set({ spent_until: spent }).execute()
    for (const one of articles) await room.say(one, { kind: 'delete' })
    await later(room, MINUTE_S)
    expect(seen(room, 'remove')).toHaveLength(0)
    for (const taken of [1, 2, 3]) {
      await later(room, taken === 1 ? MINUTE_S + 1 : everyMs / 1000)
      expect(seen(room, 'remove')).toHaveLength(taken)
    }
    expect(standing(room)).toEqual([])
  })
})

/** Somebody takes the post down at the account itself. */
async function removeByHand(room: Newsroom, url: string): Promise<void> {
  const { db } = room.store
  const row = await db
    .selectFrom('parts')
    .select('syndication')
    .where('syndication', 'is not', null)
    .executeTakeFirstOrThrow()
  const account = await db
    .selectFrom('accounts')
    .selectAll()
    .where('id', '=', room.account)
    .executeTakeFirstOrThrow()
  const connection = await room.means.connections.of(account)
  if (row.syndication === null) throw new Error(`nothing stands at ${url}`)
  await connection.remove(row.syndication, AbortSignal.timeout(5000))
}
