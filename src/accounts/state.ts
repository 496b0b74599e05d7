import type { Transaction } from 'kysely'
import { raise } from '../notices/ledger.ts'
import type { Allowance } from '../platforms/platform.ts'
import { platforms } from '../platforms/registry.ts'
import type { Ledger } from '../store/schema.ts'
import type { Db } from '../store/store.ts'
import type { AccountRow } from './ledger.ts'
import { nextTurn } from './pace.ts'

type Writer = Db | Transaction<Ledger>

/**
 * The account stands still until its credentials or rights are mended, and somebody should know. One that a
 * person stopped stays so for that reason. `reason` is the platform's own words.
 */
export async function pauseUnauthorized(
  db: Writer,
  account: number,
  reason: string,
  fingerprint: string | null,
  now: Date,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('accounts')
    .set({ paused_at: now, pause: JSON.stringify({ kind: 'unauthorized', reason, fingerprint }) })
    .where('id', '=', account)
    .where((row) =>
      row.or([
        row('pause', 'is', null),
        row(row.ref('pause', '->>').key('kind'), '=', 'unauthorized'),
      ]),
    )
    .executeTakeFirst()
  if (numUpdatedRows > 0n) await raise(db, 'unauthorized', { account }, now)
}

/** The platform told us to wait: nothing is sent on this account before. */
export async function waitUntil(db: Writer, account: number, until: Date): Promise<void> {
  await db.updateTable('accounts').set({ wait_until: until }).where('id', '=', account).execute()
}

/** A call is taken out of the account's pace. */
export async function spend(db: Writer, account: number, spentUntil: Date): Promise<void> {
  await db
    .updateTable('accounts')
    .set({ spent_until: spentUntil })
    .where('id', '=', account)
    .execute()
}

/** Takes one more call out of the account's pace: the moment from which it may be made. */
export async function takeTurn(
  tx: Transaction<Ledger>,
  { id, platform }: Pick<AccountRow, 'id' | 'platform'>,
  now: Date,
): Promise<Date> {
  const { spent_until } = await tx
    .selectFrom('accounts')
    .select('spent_until')
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()
  const turn = nextTurn(spent_until, platforms[platform].pace, now)
  if (turn.at <= now) await spend(tx, id, turn.spentUntil)
  return turn.at
}

/** What its platform said last of how many publishing calls remain. */
export async function noteAllowance(
  db: Writer,
  account: number,
  { limit, remaining, resetsAt }: Allowance,
): Promise<void> {
  const allowance = JSON.stringify({ limit, remaining, resetsAt: resetsAt.toISOString() })
  await db.updateTable('accounts').set({ allowance }).where('id', '=', account).execute()
}

/** Something was published there. */
export async function noteSuccess(db: Writer, account: number, now: Date): Promise<void> {
  await db.updateTable('accounts').set({ last_success_at: now }).where('id', '=', account).execute()
}
