import { sql, type Transaction } from 'kysely'
import { handDecisions } from '../decisions/ledger.ts'
import { closeAbout } from '../notices/ledger.ts'
import type { Standing } from '../platforms/platform.ts'
import type { Ledger } from '../store/schema.ts'
import type { Db } from '../store/store.ts'
import type { AccountRow } from './ledger.ts'

/** Moves the deliveries of one account's row to another's. */
export type HandOver = (tx: Transaction<Ledger>, from: number, to: number) => Promise<void>

/**
 * Stores who an account is, as its platform says, and answers the row that now stands for it. An account is
 * its remote identity, its name only a label: renamed in the files, the old row takes the new name and what
 * was waiting under it; the same name with another channel behind it becomes another row.
 */
export async function identify(
  db: Db,
  account: AccountRow,
  standing: Standing,
  fingerprint: string,
  handOver: HandOver,
  now: Date,
): Promise<AccountRow> {
  return db.transaction().execute(async (tx) => {
    const same = await tx
      .selectFrom('accounts')
      .selectAll()
      .where('platform', '=', account.platform)
      .where('identity', '=', standing.identity)
      .forNoKeyUpdate()
      .executeTakeFirst()
    const row = same ?? (account.identity === null ? account : await splitOff(tx, account))
    const stopped = row.id === account.id ? null : await stoppedBy(tx, account.id)
    if (row.id !== account.id) await giveWay(tx, account, row.id, handOver)
    await closeAbout(tx, { account: row.id }, now, 'overdue')
    return tx
      .updateTable('accounts')
      .set({
        identity: standing.identity,
        title: standing.title,
        url: standing.url,
        limits: JSON.stringify(standing.limits),
        name: account.name,
        configured: true,
        fingerprint,
        checked_at: now,
        // Let in again; what a person stopped stays stopped, by its former row's name too.
        paused_at: sql<Date | null>`case when pause ->> 'kind' = 'person' then paused_at
          else ${stopped?.paused_at ?? null}::timestamptz end`,
        pause: sql<string | null>`case when pause ->> 'kind' = 'person' then pause
          else ${stopped === null ? null : JSON.stringify(stopped.pause)}::jsonb end`,
      })
      .where('id', '=', row.id)
      .returningAll()
      .executeTakeFirstOrThrow()
  })
}

/** How a person stopped the account that this name stood for; null where nobody did. */
async function stoppedBy(
  tx: Transaction<Ledger>,
  account: number,
): Promise<Pick<AccountRow, 'paused_at' | 'pause'> | null> {
  const row = await tx
    .selectFrom('accounts')
    .select(['paused_at', 'pause'])
    .where('id', '=', account)
    .executeTakeFirst()
  return row?.pause?.kind === 'person' ? row : null
}

/** The name now leads to another channel: what waits for the old one goes on waiting for it. */
async function splitOff(tx: Transaction<Ledger>, account: AccountRow): Promise<AccountRow> {
  await tx.updateTable('accounts').set({ configured: false }).where('id', '=', account.id).execute()
  return tx
    .insertInto('accounts')
    .values({ name: account.name, platform: account.platform, configured: true })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** A placeholder gives what it was to publish to the row it turned out to be, and goes; another account only steps back. */
async function giveWay(
  tx: Transaction<Ledger>,
  from: AccountRow,
  to: number,
  handOver: HandOver,
): Promise<void> {
  await tx
    .updateTable('accounts')
    .set({ configured: false })
    .where('id', '=', from.id)
    .where('name', '=', from.name) // two names that changed places: it may bear the other one by now
    .execute()
  if (from.identity !== null) return
  await handOver(tx, from.id, to)
  await tx.deleteFrom('vaults').where('account_id', '=', from.id).execute()
  await handDecisions(tx, from.id, to)
  await tx.deleteFrom('accounts').where('id', '=', from.id).execute()
}
