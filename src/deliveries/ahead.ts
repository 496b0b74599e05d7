import type { Transaction } from 'kysely'
import { nextTurn } from '../accounts/pace.ts'
import type { AccountRow } from '../accounts/ledger.ts'
import { platforms } from '../platforms/registry.ts'
import type { Ledger } from '../store/schema.ts'

/**
 * Whether publishing on an account is at work, or could be this very moment: whatever else asks its platform
 * then stands back. A backlog that waits for the account's own pace holds nobody up.
 */
export async function publishingGoesFirst(
  tx: Transaction<Ledger>,
  account: Pick<AccountRow, 'id' | 'platform' | 'spent_until' | 'wait_until'>,
  now: Date,
): Promise<boolean> {
  const turn = nextTurn(account.spent_until, platforms[account.platform].pace, now)
  const free = turn.at <= now && (account.wait_until === null || account.wait_until <= now)
  const ahead = await tx
    .selectFrom('deliveries')
    .select('id')
    .where('account_id', '=', account.id)
    .where('state', 'in', ['pending', 'publishing', 'uncertain'])
    .where((row) =>
      row.or([
        row('lease_until', '>', now),
        ...(free ? [row.and([row('lease_token', 'is', null), row('due_at', '<=', now)])] : []),
      ]),
    )
    .limit(1)
    .executeTakeFirst()
  return ahead !== undefined
}
