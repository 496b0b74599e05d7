import type { Transaction } from 'kysely'
import type { PlatformId } from '../platforms/platform.ts'
import type { Ledger } from '../store/schema.ts'
import type { DeliveryRow } from './claim.ts'

/** A delivery's row with its account's name and identity. */
export type Locked = DeliveryRow & {
  account: string
  platform: PlatformId
  identity: string | null
  title: string | null
  account_url: string | null
}

/** Deliveries for a decision, to be narrowed; locked in their order until the transaction ends. */
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
    .forNoKeyUpdate('deliveries')
}

/** The version of several deliveries together: it rises whenever one of them is written or joins them. */
export function editionOf(rows: readonly { version: number }[]): number {
  return rows.reduce((sum, { version }) => sum + version, 0)
}
