import type { ExpressionBuilder, Transaction } from 'kysely'
import type { PlatformId } from '../platforms/platform.ts'
import type { ArticleState, Ledger } from '../store/schema.ts'
import type { DeliveryRow } from './claim.ts'

/** A delivery's row with its account's name and identity. */
export type Locked = DeliveryRow & {
  account: string
  platform: PlatformId
  identity: string | null
  title: string | null
  account_url: string | null
  article_state: ArticleState
  /** Some part of it is there for readers. */
  stands: boolean
}

/** Deliveries for a decision, to be narrowed; locked in their order until the transaction ends. */
export function lockable(tx: Transaction<Ledger>) {
  return tx
    .selectFrom('deliveries')
    .innerJoin('accounts', 'accounts.id', 'deliveries.account_id')
    .innerJoin('articles', 'articles.id', 'deliveries.article_id')
    .selectAll('deliveries')
    .select((row) => [
      'accounts.name as account',
      'accounts.platform',
      'accounts.identity',
      'accounts.title',
      'accounts.url as account_url',
      'articles.state as article_state',
      row
        .exists(
          row
            .selectFrom('parts')
            .select('position')
            .whereRef('parts.delivery_id', '=', 'deliveries.id')
            .where('syndication', 'is not', null)
            .where('removed_at', 'is', null),
        )
        .$castTo<boolean>()
        .as('stands'),
    ])
    .orderBy('deliveries.id')
    .forNoKeyUpdate('deliveries')
}

/**
 * Ids of deliveries of which nothing went out and that nobody is working on, to be narrowed; locked in the same
 * order as for a decision, so that two who move several never wait for each other in a circle.
 */
export function notGoneOut(query: ExpressionBuilder<Ledger, 'deliveries'>) {
  return query
    .selectFrom('deliveries')
    .select('id')
    .where('state', 'in', ['held', 'pending'])
    .where('lease_token', 'is', null)
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('parts')
            .select('position')
            .whereRef('parts.delivery_id', '=', 'deliveries.id')
            .where('parts.sent_at', 'is not', null),
        ),
      ),
    )
    .orderBy('id')
    .forNoKeyUpdate()
}

/** The version of several deliveries together: it rises whenever one of them is written or joins them. */
export function editionOf(rows: readonly { version: number }[]): number {
  return rows.reduce((sum, { version }) => sum + version, 0)
}
