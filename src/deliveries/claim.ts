import { sql, type Selectable, type Transaction } from 'kysely'
import type { AccountRow } from '../accounts/ledger.ts'
import { nextTurn } from '../accounts/pace.ts'
import { spend } from '../accounts/state.ts'
import type { PlatformId } from '../platforms/platform.ts'
import { platforms } from '../platforms/registry.ts'
import { tellChange } from '../store/changes.ts'
import type { DeliveriesTable, Ledger } from '../store/schema.ts'
import type { Db } from '../store/store.ts'
import { type Lease, LEASE_MS } from './lease.ts'
import { endLeases, holdLate } from './run-out.ts'
import { cancelWithdrawn } from './withdraw.ts'

export type DeliveryRow = Selectable<DeliveriesTable>

/** What one claim gave: a delivery to work on, or when to look again (null: when somebody wakes the account). */
export type Claim =
  | { kind: 'idle'; next: { account: number; platform: PlatformId; at: Date } | null }
  | {
      kind: 'claimed'
      account: AccountRow
      delivery: DeliveryRow
      lease: Lease
      work: 'send' | 'look' | 'change'
    }

/** A delivery under our lease, on its account. */
export type Claimed = Extract<Claim, { kind: 'claimed' }>

/**
 * Takes the account's oldest due delivery under the account's row lock, unless the account is paused, waiting,
 * out of pace, or has one in flight. So order, pace, pause and 429 are one row per account, true for all workers.
 */
export async function claim(db: Db, accountId: number, now: Date, token: string): Promise<Claim> {
  return db.transaction().execute(async (tx): Promise<Claim> => {
    const account = await tx
      .selectFrom('accounts')
      .selectAll()
      .where('id', '=', accountId)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (account === undefined) return { kind: 'idle', next: null }
    await endLeases(tx, account, now)
    await cancelWithdrawn(tx, { account: accountId }, now)
    if (!account.configured || account.paused_at !== null) return { kind: 'idle', next: null }
    const inFlight = await tx
      .selectFrom('deliveries')
      .select('lease_until')
      .where('account_id', '=', accountId)
      .where('lease_token', 'is not', null)
      .executeTakeFirst()
    if (inFlight !== undefined) return idleUntil(account, inFlight.lease_until ?? now)
    await holdLate(tx, accountId, now)
    const post = await nextDue(tx, accountId)
    const change = await nextChange(tx, accountId)
    const next = earliest(post?.due_at, change?.change_due_at)
    if (next === null) return { kind: 'idle', next: null }
    const { pace } = platforms[account.platform]
    const turn = nextTurn(account.spent_until, pace, now)
    const free = latest(turn.at, account.wait_until)
    if (free > now || next > now) return idleUntil(account, latest(free, next))
    const isChange = change !== undefined && next === change.change_due_at
    return isChange
      ? takeChange(tx, account, change.id, now, token, turn.spentUntil)
      : take(tx, account, now, token, turn.spentUntil)
  })
}

/** Articles go out in the order in which they were heard. */
function dueDeliveries(tx: Transaction<Ledger>, accountId: number) {
  return tx
    .selectFrom('deliveries')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('state', 'in', ['pending', 'uncertain'])
    .where('due_at', 'is not', null)
}

function nextDue(tx: Transaction<Ledger>, accountId: number) {
  return dueDeliveries(tx, accountId).orderBy('due_at').executeTakeFirst()
}

/** What stands and is to be edited or taken down. */
function nextChange(tx: Transaction<Ledger>, accountId: number) {
  return tx
    .selectFrom('deliveries')
    .select(['id', 'change_due_at'])
    .where('account_id', '=', accountId)
    .where('change_state', '=', 'waiting')
    .where('change_due_at', 'is not', null)
    .where('lease_token', 'is', null)
    .where('state', 'in', ['published', 'failed'])
    .orderBy('change_due_at')
    .orderBy('id')
    .executeTakeFirst()
}

/** A change leaves the state as it is until it is done. */
async function takeChange(
  tx: Transaction<Ledger>,
  account: AccountRow,
  id: number,
  now: Date,
  token: string,
  spentUntil: Date,
): Promise<Claim> {
  const until = new Date(now.getTime() + LEASE_MS)
  const delivery = await tx
    .updateTable('deliveries')
    .set((row) => ({
      lease_token: token,
      lease_until: until,
      change_tries: sql<number>`${row.ref('change_tries')} + 1`,
      version: sql<number>`${row.ref('version')} + 1`,
    }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  await spend(tx, account.id, spentUntil)
  await tellChange(tx, `d${id}`)
  return {
    kind: 'claimed',
    account,
    delivery,
    lease: { delivery: id, token, until },
    work: 'change',
  }
}

async function take(
  tx: Transaction<Ledger>,
  account: AccountRow,
  now: Date,
  token: string,
  spentUntil: Date,
): Promise<Claim> {
  const due = await dueDeliveries(tx, account.id)
    .where('due_at', '<=', now)
    .orderBy('article_id')
    .orderBy('id')
    .executeTakeFirstOrThrow()
  const look = due.state === 'uncertain' && platforms[account.platform].replay.by === 'look'
  const until = new Date(now.getTime() + LEASE_MS)
  const delivery = await tx
    .updateTable('deliveries')
    .set((row) => ({
      state: look ? ('uncertain' as const) : ('publishing' as const),
      lease_token: token,
      lease_until: until,
      tries: sql<number>`${row.ref('tries')} + 1`,
      version: sql<number>`${row.ref('version')} + 1`,
    }))
    .where('id', '=', due.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  if (!look) await spend(tx, account.id, spentUntil)
  await tellChange(tx, `d${due.id}`)
  return {
    kind: 'claimed',
    account,
    delivery,
    lease: { delivery: due.id, token, until },
    work: look ? 'look' : 'send',
  }
}

function earliest(one: Date | null | undefined, other: Date | null | undefined): Date | null {
  if (one == null) return other ?? null
  return other == null || one <= other ? one : other
}

function latest(moment: Date, other: Date | null): Date {
  return other !== null && other > moment ? other : moment
}

function idleUntil(account: AccountRow, at: Date): Claim {
  return { kind: 'idle', next: { account: account.id, platform: account.platform, at } }
}
