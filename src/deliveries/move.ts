import { sql, type Transaction, type Updateable } from 'kysely'
import { keepDecisions, type Person } from '../decisions/ledger.ts'
import { Problem } from '../locale/problem.ts'
import type { PlatformId, Syndication } from '../platforms/platform.ts'
import { platforms } from '../platforms/registry.ts'
import { tellChange } from '../store/changes.ts'
import type { DeliveriesTable, DeliveryState, Ledger } from '../store/schema.ts'
import type { Locked } from './locked.ts'
import type { Decision } from './moves.ts'
import { noChange } from './change-outcome.ts'
import { noticeStates } from './noticing.ts'
import { letGoOfPictures } from './outcome.ts'
import { thaw } from './thaw.ts'

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

/** A decision, who took it, and the notice it answers, where it was one answer for many. */
export interface Verdict {
  decision: Decision
  by: Person
  notice?: number
}

/** Moves deliveries that a decision fits, keeps the decision, and closes the notices that it answers. */
export async function move(
  tx: Transaction<Ledger>,
  rows: readonly Locked[],
  { decision, by, notice }: Verdict,
  now: Date,
): Promise<Moved[]> {
  const moved: Moved[] = []
  for (const row of rows) {
    const state = await moveOne(tx, row, decision, now)
    await tellChange(tx, `d${row.id}`)
    const { account, platform } = row
    const named = { id: `d${row.id}`, article: `a${row.article_id}`, account, platform }
    moved.push({ ...named, from: row.state, state, version: row.version + 1 })
  }
  const kept = rows.map((row, at) => ({
    kind: decision.kind,
    delivery: row.id,
    ...(notice !== undefined && { notice }),
    from: row.state,
    to: moved[at]?.state ?? row.state,
  }))
  await keepDecisions(tx, kept, by, now)
  const ids = rows.map(({ id }) => id)
  await noticeStates(tx, ids, now)
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
    case 'delete':
      return change(tx, row, { ...wanted(now), change_kind: 'delete', change_by: 'person' })
    case 'retry':
      if (row.change_state === 'failed') return change(tx, row, wanted(now))
      await thaw(tx, row.id)
      return write(tx, row, { ...noChange, ...afresh(now), state: 'pending' })
    case 'cancel': {
      // Only who keeps a post from being taken down has said that it stays.
      const stays = row.change_kind === 'delete' ? now : row.left_at
      if (row.change_kind !== null) return change(tx, row, { ...noChange, left_at: stays })
      // Parts of a thread that stand already make it one that failed, not one that never was.
      const state = (await standsInPart(tx, row.id)) ? ('failed' as const) : ('canceled' as const)
      const given = { due_at: null, held_for: null, canceled_for: 'person' as const, left_at: now }
      return write(tx, row, { state, ...given })
    }
    case 'resolve':
      return resolve(tx, row, decision, now)
  }
}

const wanted = (now: Date) => ({
  change_state: 'waiting' as const,
  change_due_at: now,
  change_first_due_at: now,
  change_tries: 0,
  change_error: null,
})

/** What a published post still needs; its state stays what it is until that is done. */
async function change(
  tx: Transaction<Ledger>,
  row: Locked,
  values: Updateable<DeliveriesTable>,
): Promise<DeliveryState> {
  await tx
    .updateTable('deliveries')
    .set((current) => ({ ...values, version: sql<number>`${current.ref('version')} + 1` }))
    .where('id', '=', row.id)
    .execute()
  return row.state
}

const afresh = (now: Date) => ({
  due_at: now,
  first_due_at: now,
  site_at: null,
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
      .set({ sent_at: null })
      .where('delivery_id', '=', row.id)
      .where('syndication', 'is', null)
      .execute()
    return write(tx, row, { ...afresh(now), state: 'pending' })
  }
  return adopt(tx, row, postAt(row, decision.url), now)
}

/** The lost part stands there; a thread goes on at its next missing part. */
async function adopt(
  tx: Transaction<Ledger>,
  row: Locked,
  found: Syndication,
  now: Date,
): Promise<DeliveryState> {
  const missing = await tx
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
    .where('position', '=', missing[0]?.position ?? 0)
    .execute()
  if (missing.length > 1) return write(tx, row, { ...afresh(now), state: 'pending' })
  await letGoOfPictures(tx, row.id)
  const over = { state: 'published', due_at: null, published_at: now } as const
  return write(tx, row, { ...afresh(now), ...over })
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
  values: Updateable<DeliveriesTable> & { state: DeliveryState; due_at: Date | null },
): Promise<DeliveryState> {
  await tx
    .updateTable('deliveries')
    .set((current) => ({ ...values, version: sql<number>`${current.ref('version')} + 1` }))
    .where('id', '=', row.id)
    .execute()
  return values.state
}

async function standsInPart(tx: Transaction<Ledger>, delivery: number): Promise<boolean> {
  const part = await tx
    .selectFrom('parts')
    .select('position')
    .where('delivery_id', '=', delivery)
    .where('syndication', 'is not', null)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return part !== undefined
}
