import { configuredAccounts } from '../accounts/ledger.ts'
import type { App } from '../app.ts'
import { failedDeliveries } from '../deliveries/failed.ts'
import type { Target } from '../deliveries/refer.ts'
import { sinceOf } from '../engagement/since.ts'
import { Problem } from '../locale/problem.ts'
import type { Command, Invocation } from './command.ts'

/** What `--all-failed` takes beside `--json`. */
export const options = {
  'all-failed': { type: 'boolean' },
  account: { type: 'string' },
  since: { type: 'string' },
  json: { type: 'boolean' },
} satisfies Command['options']

/** Ids, or none with `--all-failed`. */
export const words: Command['words'] = { least: 0, most: 1000 }

/** Whether all that failed is meant. Throws `usage-all-failed` where ids are named too, or nothing is. */
export function meansAllFailed({ options: typed, positionals }: Invocation): boolean {
  const { account, since } = typed
  const all = typed['all-failed'] === true
  const narrowed = account !== undefined || since !== undefined
  if (all ? positionals.length > 0 : narrowed) throw new Problem('usage-all-failed', {})
  if (since !== undefined) sinceOf(String(since), new Date())
  return all
}

/** Everything that failed, of one account and since a moment where that is said. Throws `usage-account`. */
export async function allFailed(
  { store }: App,
  { options: { account, since } }: Invocation,
): Promise<{ on: string; target: Target }[]> {
  const { db, clock } = store
  if (account !== undefined) {
    const known = (await configuredAccounts(db)).map(({ name }) => name)
    const typed = String(account)
    if (!known.includes(typed))
      throw new Problem('usage-account', { account: typed, known: known.join(', ') })
  }
  const ids = await failedDeliveries(db, {
    ...(account !== undefined && { account: String(account) }),
    ...(since !== undefined && { since: sinceOf(String(since), clock()) }),
  })
  return ids.map((delivery) => ({ on: `d${delivery}`, target: { delivery } }))
}
