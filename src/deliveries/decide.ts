import { sql, type Transaction } from 'kysely'
import type { Clock } from '../clock.ts'
import { type DecisionView, decisionsOn, keepDecisions, type Person } from '../decisions/ledger.ts'
import { Problem } from '../locale/problem.ts'
import type { PlatformId, Syndication } from '../platforms/platform.ts'
import { platforms } from '../platforms/registry.ts'
import { tellChange } from '../store/changes.ts'
import type { DeliveryState, Ledger } from '../store/schema.ts'
import type { Db } from '../store/store.ts'
import type { DeliveryRow } from './claim.ts'
import { decideFlood } from './flood.ts'
import { canDecide, type Decision } from './moves.ts'
import { noticeStates } from './noticing.ts'
import type { Target } from './refer.ts'

/** What it takes to carry a decision out. */
export interface Deciding {
  db: Db
  clock: Clock
  /** Wakes the accounts on which something may go out now. */
  wake(accounts: readonly { id: number; platform: PlatformId }[]): Promise<void>
}

/** What a person decided, about what, having seen which version. */
export interface Wish {
  on: Target
  /**
   * The version seen: a delivery's own; of an article and of a notice the sum over its deliveries (`editionOf`).
   * Null where nothing was seen (a command line): then it is about whatever stands now.
   */
  version: number | null
  decision: Decision
  /** Of a flood: only the newest so many articles, the others are canceled. */
  newest?: number
  by: Person
}

/** A delivery that a decision moved. */
export interface Moved {
  id: string
  article: string
  account: string
  platform: PlatformId
  from: DeliveryState
  state: DeliveryState
  version: number
}

/** A delivery that it did not move, and why: `changed` since it was seen, or the decision does not `fit` its state. */
export interface Refused {
  id: string
  article: string
  account: string
  platform: PlatformId
  why: 'changed' | 'unfit'
  state: DeliveryState
  version: number
  /** Who decided last about it, where somebody did. */
  last: DecisionView | null
}

/** What came of a decision. Nothing moved and nothing refused: there is no delivery there. */
export interface Decided {
  moved: Moved[]
  refused: Refused[]
  /** Of a flood: articles that go out, and articles that do not. Null elsewhere. */
  articles: { go: number; skip: number } | null
}

/**
 * Carries out what a person decided, or says why not; every door calls this and has no rules of its own. Of an
 * article's deliveries those move that the decision fits. Throws `Problem` `post-address` where the address of a
 * post that is said to stand is none of that account's.
 */
export async function decide(means: Deciding, wish: Wish): Promise<Decided> {
  const decided = await means.db.transaction().execute((tx) => carryOut(tx, wish, means.clock()))
  const ids = decided.moved.map(({ id }) => Number(id.slice(1)))
  if (ids.length > 0) await means.wake(await accountsOf(means.db, ids))
  return decided
}

async function carryOut(tx: Transaction<Ledger>, wish: Wish, now: Date): Promise<Decided> {
  if ('notice' in wish.on) {
    const notice = await tx
      .selectFrom('notices')
      .selectAll()
      .where('id', '=', wish.on.notice)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (notice.source_id !== null) return decideFlood(tx, notice, wish, now, move)
    const on = notice.delivery_id !== null ? { delivery: notice.delivery_id } : null
    if (on === null && notice.article_id === null) return { moved: [], refused: [], articles: null }
    return carryOut(tx, { ...wish, on: on ?? { article: notice.article_id ?? 0 } }, now)
  }
  const rows = await lock(tx, wish.on)
  const seen = wish.version === null || wish.version === editionOf(rows)
  const fit = seen ? rows.filter((row) => canDecide(row, wish.decision)) : []
  const moved = await move(tx, fit, wish, now)
  // Of an article, deliveries that it does not fit are no news where it fitted others.
  const left = 'article' in wish.on && moved.length > 0 ? [] : rows.filter((row) => !fit.includes(row))
  return {
    moved,
    refused: await refusals(tx, left, seen ? 'unfit' : 'changed'),
    articles: null,
  }
}

/** A delivery's row with its account's name. */
export type Locked = DeliveryRow & {
  account: string
  platform: PlatformId
  identity: string | null
  title: string | null
  account_url: string | null
}

/** The version of several deliveries together: it rises whenever one of them is written or joins them. */
export function editionOf(rows: readonly { version: number }[]): number {
  return rows.reduce((sum, { version }) => sum + version, 0)
}

function lock(
  tx: Transaction<Ledger>,
  on: { delivery: number } | { article: number },
): Promise<Locked[]> {
  return lockable(tx)
    .$if('delivery' in on, (query) =>
      query.where('deliveries.id', '=', 'delivery' in on ? on.delivery : 0),
    )
    .$if('article' in on, (query) =>
      query.where('article_id', '=', 'article' in on ? on.article : 0),
    )
    .execute()
}

/** Deliveries for a decision, locked in their order. */
export function lockable(tx: Transaction<Ledger>) {
  return tx
    .selectFrom('deliveries')
    .innerJoin('accounts', 'accounts.id', 'deliveries.account_id')
    .selectAll('deliveries')
    .select([
      'accounts.name as account',
      'accounts.platform',
      'accounts.identity',
      'accounts.title',
      'accounts.url as account_url',
    ])
    .orderBy('deliveries.id')
    .forUpdate('deliveries')
}

/** Moves deliveries that a decision fits, keeps the decision, and closes what it answers. */
export async function move(
  tx: Transaction<Ledger>,
  rows: readonly Locked[],
  { decision, by, on }: Pick<Wish, 'decision' | 'by' | 'on'>,
  now: Date,
): Promise<Moved[]> {
  const moved: Moved[] = []
  for (const row of rows) {
    const state = await moveOne(tx, row, decision, now)
    await tellChange(tx, `d${row.id}`)
    moved.push({ ...named(row), from: row.state, state, version: row.version + 1 })
  }
  const notice = 'notice' in on ? { notice: on.notice } : {}
  await keepDecisions(
    tx,
    rows.map((row, at) => ({
      kind: decision.kind,
      delivery: row.id,
      ...notice,
      from: row.state,
      to: moved[at]?.state ?? row.state,
    })),
    by,
    now,
  )
  await noticeStates(
    tx,
    rows.map(({ id }) => id),
    now,
  )
  return moved
}

async function moveOne(
  tx: Transaction<Ledger>,
  row: Locked,
  decision: Decision,
  now: Date,
): Promise<DeliveryState> {
  switch (decision.kind) {
    case 'approve': {
      const at = row.due_at !== null && row.due_at > now ? row.due_at : now
      return write(tx, row, { state: 'pending', due_at: at, first_due_at: at, held_for: null })
    }
    case 'retry':
      await thaw(tx, row.id)
      return write(tx, row, { ...afresh(now), state: 'pending' })
    case 'cancel': {
      const stands = await standingParts(tx, row.id)
      const state = stands > 0 ? ('failed' as const) : ('canceled' as const)
      return write(tx, row, { state, due_at: null, held_for: null, canceled_for: 'person' })
    }
    case 'resolve':
      return resolve(tx, row, decision, now)
  }
}

const afresh = (now: Date) => ({
  due_at: now,
  first_due_at: now,
  tries: 0,
  error: null,
  canceled_for: null,
  left_at: null,
})

async function resolve(
  tx: Transaction<Ledger>,
  row: Locked,
  decision: Extract<Decision, { kind: 'resolve' }>,
  now: Date,
): Promise<DeliveryState> {
  if (decision.as === 'leave') {
    return write(tx, row, { state: 'uncertain', due_at: null, left_at: now })
  }
  if (decision.as === 'send again') {
    await tx
      .updateTable('parts')
      .set({ sent_at: null, key_used_at: null })
      .where('delivery_id', '=', row.id)
      .where('syndication', 'is', null)
      .execute()
    return write(tx, row, { ...afresh(now), state: 'pending' })
  }
  const found = postAt(row, decision.url)
  const lost = await tx
    .selectFrom('parts')
    .select('position')
    .where('delivery_id', '=', row.id)
    .where('syndication', 'is', null)
    .orderBy('position')
    .execute()
  await tx
    .updateTable('parts')
    .set({ syndication: JSON.stringify(found) })
    .where('delivery_id', '=', row.id)
    .where('position', '=', lost[0]?.position ?? 0)
    .execute()
  // A thread goes on at its first missing part.
  const over = lost.length <= 1
  return write(tx, row, {
    ...afresh(now),
    state: over ? 'published' : 'pending',
    due_at: over ? null : now,
    published_at: over ? now : null,
  })
}

function postAt(row: Locked, url: string): Syndication {
  const account = { identity: row.identity ?? '', title: row.title ?? '', url: row.account_url }
  const found = platforms[row.platform].postAt(url.trim(), account)
  if (found === null) throw new Problem('post-address', { url, account: row.account })
  return found
}

async function write(
  tx: Transaction<Ledger>,
  row: Locked,
  values: {
    state: DeliveryState
    due_at: Date | null
    first_due_at?: Date
    held_for?: null
    tries?: number
    error?: null
    canceled_for?: 'person' | null
    left_at?: Date | null
    published_at?: Date | null
  },
): Promise<DeliveryState> {
  await tx
    .updateTable('deliveries')
    .set((current) => ({ ...values, version: sql<number>`${current.ref('version')} + 1` }))
    .where('id', '=', row.id)
    .execute()
  return values.state
}

/** Where nothing of it stands, the post is written anew; else it goes on as it was frozen. */
export async function thaw(tx: Transaction<Ledger>, delivery: number): Promise<void> {
  const kept = await tx
    .selectFrom('parts')
    .select('position')
    .where('delivery_id', '=', delivery)
    .where((row) => row.or([row('syndication', 'is not', null), row('sent_at', 'is not', null)]))
    .executeTakeFirst()
  if (kept !== undefined) return
  await tx.deleteFrom('parts').where('delivery_id', '=', delivery).execute()
  await tx.deleteFrom('pictures').where('delivery_id', '=', delivery).execute()
  await tx.updateTable('deliveries').set({ frozen_at: null }).where('id', '=', delivery).execute()
}

async function standingParts(tx: Transaction<Ledger>, delivery: number): Promise<number> {
  const rows = await tx
    .selectFrom('parts')
    .select('position')
    .where('delivery_id', '=', delivery)
    .where('syndication', 'is not', null)
    .execute()
  return rows.length
}

function named(row: Locked) {
  const { account, platform } = row
  return { id: `d${row.id}`, article: `a${row.article_id}`, account, platform }
}

async function refusals(
  tx: Transaction<Ledger>,
  rows: readonly Locked[],
  why: Refused['why'],
): Promise<Refused[]> {
  const decided = await decisionsOn(tx, { deliveries: rows.map(({ id }) => id) })
  return rows.map((row) => ({
    ...named(row),
    why,
    state: row.state,
    version: row.version,
    last: decided.findLast(({ delivery }) => delivery === `d${row.id}`) ?? null,
  }))
}

function accountsOf(db: Db, deliveries: readonly number[]) {
  return db
    .selectFrom('deliveries')
    .innerJoin('accounts', 'accounts.id', 'deliveries.account_id')
    .select(['accounts.id', 'accounts.platform'])
    .distinct()
    .where('deliveries.id', 'in', [...deliveries])
    .execute()
}
