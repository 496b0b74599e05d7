import { identify } from '../accounts/identify.ts'
import type { AccountRow } from '../accounts/ledger.ts'
import type { Connection } from '../platforms/platform.ts'
import { CALL_MS } from './lease.ts'
import type { Means } from './means.ts'

/**
 * The way to an account whose identity is known for the credentials in use. Where it is not (new, renamed,
 * other credentials), the platform is asked first, so that nothing goes out in a wrong place.
 * Throws `PlatformError`; nothing was sent then.
 */
export async function reach(
  means: Pick<Means, 'connections' | 'db' | 'clock'>,
  account: AccountRow,
): Promise<{ account: AccountRow; connection: Connection }> {
  const connection = await means.connections.of(account)
  const fingerprint = means.connections.fingerprint(account)
  if (account.identity !== null && account.fingerprint === fingerprint)
    return { account, connection }
  const standing = await connection.check(AbortSignal.timeout(CALL_MS))
  const known = await identify(means.db, account, standing, fingerprint ?? '', means.clock())
  return { account: known, connection }
}
