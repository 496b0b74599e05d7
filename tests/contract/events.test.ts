import type { Updateable } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { pause, resume } from '../../src/accounts/steer.ts'
import { announce } from '../../src/deliveries/announce.ts'
import type { Decision } from '../../src/deliveries/moves.ts'
import type { DeliveriesTable } from '../../src/store/schema.ts'
import { type Newsroom, openNewsroom } from '../support/newsroom.ts'
import { type Server, temporaryServer } from '../support/store.ts'

const anna = { who: 'Anna', door: 'page' } as const
const token = '00000000-0000-4000-8000-000000000000'
const refused = JSON.stringify({ kind: 'rejected', reason: 'not this one' })

let server: Server
let room: Newsroom
beforeAll(async () => {
  server = await temporaryServer()
  const policy = { edit: true, withdrawn: 'delete' } as const
  room = await openNewsroom(server, 'mastodon', undefined, { policy })
})
afterEach(async () => {
  const { db } = room.store
  await db.updateTable('accounts').set({ configured: true }).execute()
  await resume(db, room.account, anna, room.means.clock())
  // One at a time is in flight on an account.
  await db
    .updateTable('deliveries')
    .set({ state: 'canceled', lease_token: null, lease_until: null, change_kind: null })
    .set({ change_state: null, due_at: null, canceled_for: 'person' })
    .execute()
})
afterAll(async () => {
  await room[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

const leased = () => ({
  lease_token: token,
  lease_until: new Date(room.means.clock().getTime() + 45_000),
})
/** What its row says, and how many of its two parts stand; `lost`: the next one was sent, and nobody answered. */
interface Row {
  row: () => Updateable<DeliveriesTable>
  parts?: number
  lost?: boolean
  /** Its article has another revision since, which was seen. */
  revised?: boolean
}
const later = () => new Date(room.means.clock().getTime() + 3_600_000)
const out = { parts: 2 } as const

/** How a delivery may stand, by what a person is told. */
const standings = {
  held: { row: () => ({ state: 'held', held_for: 'approval' }) },
  pending: { row: () => ({ state: 'pending' }) },
  'publishing, nothing sent': { row: () => ({ state: 'publishing', ...leased() }) },
  'publishing, sent': { row: () => ({ state: 'publishing', ...leased() }), lost: true },
  'uncertain, to be looked for': {
    row: () => ({ state: 'uncertain', due_at: later() }),
    lost: true,
  },
  'uncertain, a person is asked': { row: () => ({ state: 'uncertain', due_at: null }), lost: true },
  published: { row: () => ({ state: 'published', due_at: null }), ...out },
  'published, edit waiting': {
    row: () => ({ state: 'published', due_at: null }),
    ...out,
    revised: true,
  },
  'published, edit at work': {
    row: () => ({ state: 'published', due_at: null, ...leased(), ...change('edit', 'waiting') }),
    ...out,
  },
  'published, edit refused': {
    row: () => ({ state: 'published', due_at: null, ...change('edit', 'failed') }),
    ...out,
  },
  'published, delete waiting': {
    row: () => ({ state: 'published', due_at: null, ...change('delete', 'waiting') }),
    ...out,
  },
  'published, delete refused': {
    row: () => ({ state: 'published', due_at: null, ...change('delete', 'failed') }),
    ...out,
  },
  failed: { row: () => ({ state: 'failed', due_at: null, error: refused }) },
  'failed, one part stands': {
    row: () => ({ state: 'failed', due_at: null, error: refused }),
    parts: 1,
  },
  'canceled by a person': {
    row: () => ({ state: 'canceled', due_at: null, canceled_for: 'person' }),
  },
  'canceled by its site': {
    row: () => ({ state: 'canceled', due_at: null, canceled_for: 'withdrawn' }),
  },
  deleted: { row: () => ({ state: 'deleted', due_at: null }), ...out },
} satisfies Record<string, Row>
type Standing = keyof typeof standings

function change(kind: 'edit' | 'delete', state: 'waiting' | 'failed') {
  const due = state === 'waiting' ? later() : null
  const error = state === 'failed' ? refused : null
  return {
    change_kind: kind,
    change_state: state,
    change_by: 'person',
    change_due_at: due,
    change_error: error,
  } as const
}

/** Decides, whatever version it is. */
const says = (decision: Decision) => async (article: number) => {
  await room.say(article, decision)
}

/** What may happen to it. */
const events = {
  'new revision': (article) => room.revise(article, { title: 'Deux' }),
  'two revisions quickly': async (article) => {
    await room.revise(article, { title: 'Deux' })
    await room.revise(article, { title: 'Trois' })
  },
  withdrawn: (article) => room.withdraw(article),
  'withdrawn and published again': async (article) => {
    await room.withdraw(article)
    await room.withdraw(article, 'ready')
    const at = room.means.clock()
    const wish = { article, accounts: [room.account], at, again: false, hold: null }
    await room.store.db.transaction().execute((tx) => announce(tx, wish, at))
  },
  approve: says({ kind: 'approve' }),
  cancel: says({ kind: 'cancel' }),
  retry: says({ kind: 'retry' }),
  delete: says({ kind: 'delete' }),
  'send again': says({ kind: 'resolve', as: 'send again' }),
  'leave it': says({ kind: 'resolve', as: 'leave' }),
  pause: async () => {
    await pause(room.store.db, room.account, anna, room.means.clock())
    await look()
  },
  'account gone': async () => {
    await room.store.db.updateTable('accounts').set({ configured: false }).execute()
    await look()
  },
  // nobody goes on with it just now: the account is paused
  'lease over': async () => {
    await pause(room.store.db, room.account, anna, room.means.clock())
    room.later(60)
    await look()
  },
} satisfies Record<string, (article: number) => Promise<void>>
type Event = keyof typeof events

/** What every sweep and every worker does, woken. */
async function look(): Promise<void> {
  await room.follow()
  await room.publish()
}

/** Where an event leads; what is not named here changes nothing. */
const table: Record<Standing, Partial<Record<Event, string>>> = {
  held: {
    withdrawn: 'canceled',
    'withdrawn and published again': 'pending',
    approve: 'pending',
    cancel: 'canceled',
  },
  pending: {
    withdrawn: 'canceled',
    cancel: 'canceled',
  },
  'publishing, nothing sent': { 'lease over': 'pending' },
  'publishing, sent': { 'lease over': 'uncertain' },
  'uncertain, to be looked for': { 'send again': 'pending' },
  'uncertain, a person is asked': { 'send again': 'pending' },
  published: {
    'new revision': 'published, edit waiting',
    'two revisions quickly': 'published, edit waiting',
    withdrawn: 'published, delete waiting',
    delete: 'published, delete waiting',
  },
  'published, edit waiting': {
    withdrawn: 'published, delete waiting',
    cancel: 'published',
    delete: 'published, delete waiting',
  },
  'published, edit at work': {},
  'published, edit refused': {
    'new revision': 'published, edit waiting',
    'two revisions quickly': 'published, edit waiting',
    withdrawn: 'published, delete waiting',
    'withdrawn and published again': 'published',
    cancel: 'published',
    retry: 'published, edit waiting',
    delete: 'published, delete waiting',
  },
  'published, delete waiting': { cancel: 'published' },
  'published, delete refused': {
    cancel: 'published',
    retry: 'published, delete waiting',
    delete: 'published, delete waiting',
  },
  failed: {
    'new revision': 'pending',
    'two revisions quickly': 'pending',
    cancel: 'canceled',
    retry: 'pending',
  },
  'failed, one part stands': {
    retry: 'pending',
    delete: 'failed, delete waiting',
  },
  'canceled by a person': { retry: 'pending' },
  'canceled by its site': {
    'withdrawn and published again': 'pending',
    retry: 'pending',
  },
  deleted: {},
}

/** A delivery that stands like that; answers its article. */
async function stand(name: Standing): Promise<number> {
  const { row, parts = 0, lost = false, revised = false }: Row = standings[name]
  const article = await room.announce()
  const { db } = room.store
  const { id } = await db
    .selectFrom('deliveries')
    .select('id')
    .where('article_id', '=', article)
    .executeTakeFirstOrThrow()
  await db.updateTable('deliveries').set(row()).where('id', '=', id).execute()
  const sent_at = room.means.clock()
  for (const position of [0, 1]) {
    const there = position < parts
    const syndication = there ? JSON.stringify({ id: `${id}${position}`, url: null }) : null
    const asked = there || (lost && position === parts)
    if (!asked && parts === 0) continue
    const part = { delivery_id: id, position, draft: '{}', key: `${id}-${position}`, syndication }
    await db
      .insertInto('parts')
      .values({ ...part, ...(asked && { sent_at }) })
      .execute()
  }
  if (revised) await room.revise(article, { title: 'Un' })
  return article
}

async function now(article: number): Promise<string> {
  const { state, change: needs } = await room.only(article)
  if (needs === null) return state
  return `${state}, ${needs.kind} ${needs.state === 'failed' ? 'refused' : 'waiting'}`
}

const plain = (name: string) => {
  if (name === 'published, edit at work') return 'published, edit waiting'
  return name.startsWith('published,') ? name : (/^[a-z]+/.exec(name)?.[0] ?? '')
}

const all = Object.keys(standings).filter((name): name is Standing =>
  Object.hasOwn(standings, name),
)
const happenings = Object.keys(events).filter((name): name is Event => Object.hasOwn(events, name))

describe.each(all)('%s', (standing) => {
  const cells = happenings.map((event) => ({
    event,
    to: table[standing][event] ?? plain(standing),
  }))

  test.each(cells)('$event → $to', async ({ event, to }) => {
    const article = await stand(standing)
    expect(await now(article)).toBe(plain(standing))
    const before = room.standIn.posts().length
    await events[event](article)
    expect(await now(article)).toBe(to)
    expect(room.standIn.posts()).toHaveLength(before)
  })
})
