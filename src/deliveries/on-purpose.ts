import type { Person } from '../decisions/ledger.ts'
import { type Deciding, decide } from './decide.ts'
import { deliveries } from './view.ts'

/**
 * Somebody names an article on purpose that is held for its age, its number or its delay: that is the approval.
 * Where every article waits for approval, so does this one. `accounts`: by name, where not all are meant.
 */
export async function releaseNamed(
  means: Deciding,
  { article, accounts, by }: { article: number; accounts?: readonly string[]; by: Person },
): Promise<void> {
  for (const { id, account, heldFor, version } of await deliveries(means.db, { article })) {
    if (heldFor === null || heldFor === 'approval') continue
    if (accounts !== undefined && !accounts.includes(account)) continue
    const on = { delivery: Number(id.slice(1)) }
    await decide(means, { on, version, decision: { kind: 'approve' }, by })
  }
}
