import type { Clock } from '../clock.ts'
import type { AccountSettings, Policy } from '../config/config.ts'
import type { Connection, PlatformId } from '../platforms/platform.ts'
import { platforms } from '../platforms/registry.ts'
import type { Db } from '../store/store.ts'
import { type AccountRow, fingerprintOf } from './ledger.ts'
import { openVault } from './vault.ts'

/** The connections of one process: opened when an account first needs one, kept for the next call. */
export interface Connections {
  /** Throws `PlatformError` where the platform does not let us in. */
  of(account: AccountRow): Promise<Connection>
  /** Which credentials an account would be used with now; null where the files name none. */
  fingerprint(account: AccountRow): string | null
  /** What an operator decided that the account does by itself. */
  policy(account: Pick<AccountRow, 'name' | 'platform'>): Policy
  /** The next call opens a new one: after a refusal, since credentials may have been mended. */
  forget(accountId: number): Promise<void>
  close(): Promise<void>
}

/** Where nobody says otherwise: Bluesky's app shows no edits, so what stands there stays as it is. */
function usualPolicy(platform: PlatformId): Policy {
  return { edit: platform !== 'bluesky', withdrawn: 'keep', uncertain: 'ask' }
}

/** Connections for the accounts of the files. */
export function openConnections(
  db: Db,
  settings: readonly AccountSettings[],
  clock: Clock,
): Connections {
  const open = new Map<number, Promise<Connection>>()
  const settingsOf = (account: Pick<AccountRow, 'name' | 'platform'>) =>
    settings.find(({ name, platform }) => name === account.name && platform === account.platform)
  const connect = (account: AccountRow): Promise<Connection> => {
    const found = settingsOf(account)
    if (found === undefined) throw new Error(`account ${account.name} stands in no file`)
    const vault = openVault(db, account.id, fingerprintOf(found.credentials))
    return platforms[account.platform].connect(found.credentials, vault, clock)
  }
  const forget = async (accountId: number) => {
    const connection = open.get(accountId)
    open.delete(accountId)
    await (await connection?.catch(() => null))?.close()
  }
  return {
    of: (account) => {
      const connection = open.get(account.id) ?? connect(account)
      open.set(account.id, connection)
      connection.catch(() => open.delete(account.id))
      return connection
    },
    fingerprint: (account) => {
      const found = settingsOf(account)
      return found === undefined ? null : fingerprintOf(found.credentials)
    },
    policy: (account) => ({ ...usualPolicy(account.platform), ...settingsOf(account)?.policy }),
    forget,
    close: async () => {
      await Promise.all([...open.keys()].map(forget))
    },
  }
}
