import { sql, type Transaction } from 'kysely'
import type { Ledger } from '../store/schema.ts'

/**
 * Two rows turn out to be one account: what waited under `from` waits under `to`; an article that has its
 * delivery there already needs no second one.
 */
export async function handOver(tx: Transaction<Ledger>, from: number, to: number): Promise<void> {
  await sql`
    update deliveries moving set account_id = ${to}, lease_token = null, lease_until = null,
        version = version + 1,
        state = case when state = 'publishing' then 'pending' else state end
      where account_id = ${from} and not exists (
        select 1 from deliveries there
          where there.account_id = ${to} and there.article_id = moving.article_id
            and there.round = moving.round)`.execute(tx)
  await tx.deleteFrom('deliveries').where('account_id', '=', from).execute()
}
