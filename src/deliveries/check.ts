import { type AccountRow, configuredAccounts } from '../accounts/ledger.ts'
import { pauseUnauthorized } from '../accounts/state.ts'
import { asPlatformError, type PlatformError } from '../platforms/error.ts'
import type { Means } from './means.ts'
import { ask } from './reach.ts'

/** What the platform says of an account at start. */
export interface Checked {
  account: AccountRow
  /** Null where it may post. */
  refusal: Pick<PlatformError, 'kind' | 'reason'> | null
}

/**
 * Asks every account's platform who it is and what it may do, all at once; a platform that is down costs the
 * others nothing. Accounts that were paused as unauthorized go on if they are let in again.
 */
export async function checkAccounts(
  means: Pick<Means, 'connections' | 'db' | 'clock' | 'log'>,
): Promise<Checked[]> {
  const accounts = await configuredAccounts(means.db)
  return Promise.all(
    accounts.map(async (account): Promise<Checked> => {
      try {
        return { account: (await ask(means, account)).account, refusal: null }
      } catch (thrown) {
        const error = asPlatformError(thrown, 'unavailable')
        means.log.warn('account not ready', {
          account: account.name,
          kind: error.kind,
          reason: error.reason,
        })
        if (error.kind === 'unauthorized') {
          const fingerprint = means.connections.fingerprint(account)
          await means.connections.forget(account.id)
          await pauseUnauthorized(means.db, account.id, error.reason, fingerprint, means.clock())
        }
        return { account, refusal: error }
      }
    }),
  )
}
