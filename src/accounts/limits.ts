import type { Limits } from '../platforms/platform.ts'
import { platforms } from '../platforms/registry.ts'
import type { AccountRow } from './ledger.ts'

/** What an account may write: its platform's usual limits, and over them what its own server said. */
export function limitsOf({ platform, limits }: Pick<AccountRow, 'platform' | 'limits'>): Limits {
  return { ...platforms[platform].limits, ...limits }
}
