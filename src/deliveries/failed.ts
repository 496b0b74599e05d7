import type { Db } from '../store/store.ts'

/** Which of those that failed: on one account, and that were to go out at a moment or later. */
export interface WhichFailed {
  account?: string
  since?: Date | null
}

/**
 * The deliveries that failed, and those of which an edit or a deletion was refused, as far as nobody has given them
 * up; on configured accounts, oldest first.
 */
export async function failedDeliveries(
  db: Db,
  { account, since = null }: WhichFailed = {},
): Promise<number[]> {
  const rows = await db
    .selectFrom('deliveries')
    .innerJoin('accounts', 'accounts.id', 'deliveries.account_id')
    .select('deliveries.id')
    .where((row) =>
      row.or([
        row.and([row('state', '=', 'failed'), row('left_at', 'is', null)]),
        row('change_state', '=', 'failed'),
      ]),
    )
    .where('configured', '=', true)
    .$if(account !== undefined, (query) => query.where('name', '=', account ?? ''))
    .$if(since !== null, (query) =>
      query.where((row) =>
        row(row.fn.coalesce('change_first_due_at', 'first_due_at'), '>=', since),
      ),
    )
    .orderBy('deliveries.id')
    .execute()
  return rows.map(({ id }) => id)
}
