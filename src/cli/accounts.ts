import type { AccountSettings } from '../config/config.ts'
import { Problem } from '../locale/problem.ts'

/** The accounts of `--to`, by their names; all where it is not given. Throws `usage-account`. */
export function chosen(
  accounts: readonly AccountSettings[],
  to: string | boolean | undefined,
): readonly AccountSettings[] {
  if (typeof to !== 'string') return accounts
  return to.split(',').map((name) => {
    const account = accounts.find((known) => known.name === name.trim())
    if (account !== undefined) return account
    const known = accounts.map((one) => one.name).join(', ')
    throw new Problem('usage-account', { account: name, known })
  })
}
