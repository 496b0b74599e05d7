import { identify } from '../accounts/identify.ts'
import type { AccountRow } from '../accounts/ledger.ts'
import { PlatformError } from '../platforms/error.ts'
import type { Connection } from '../platforms/platform.ts'
import { handOver } from './hand-over.ts'
import { CALL_MS } from './lease.ts'
import type { Means } from './means.ts'

type Ways = Pick<Means, 'connections' | 'db' | 'clock'>

/**
 * The way to an account whose identity is known for the credentials in use. Where it is not (new, renamed,
 * other credentials), the platform is asked first, so that nothing goes out in a wrong place.
 * Throws `PlatformError`; nothing was sent then.
 */
export async function reach(
  means: Ways,
  account: AccountRow,
): Promise<{ account: AccountRow; connection: Connection }> {
  const known =
    account.identity !== null && account.fingerprint === means.connections.fingerprint(account)
  return known ? { account, connection: await means.connections.of(account) } : ask(means, account)
}

/** Asks the platform who the account is and what it may do, and keeps the answer. Throws `PlatformError`. */
export async function ask(
  means: Ways,
  account: AccountRow,
): Promise<{ account: AccountRow; connection: Connection }> {
  const connection = await means.connections.of(account)
  const standing = await connection.check(AbortSignal.timeout(CALL_MS))
  const fingerprint = means.connections.fingerprint(account) ?? ''
  const known = await identify(means.db, account, standing, fingerprint, handOver, means.clock())
  return { account: known, connection }
}

/**
 * The row that a name stands for with the credentials in use: where these changed since the platform was asked,
 * it is asked again, so that nothing is meant for another channel. A platform that does not answer is asked later.
 */
export async function currentAccount(means: Ways, account: AccountRow): Promise<AccountRow> {
  const same = account.fingerprint === means.connections.fingerprint(account)
  if (account.identity === null || same) return account
  try {
    return (await ask(means, account)).account
  } catch (error) {
    if (error instanceof PlatformError) return account
    throw error
  }
}
