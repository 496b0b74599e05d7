import { configuredAccounts } from '../accounts/ledger.ts'
import type { App } from '../app.ts'
import type { Invocation } from './command.ts'

/** Says what keeps posts waiting although they may go out: no `start` runs, or their account stands still. */
export async function sayWhoSends(
  app: App,
  { words, at }: Invocation,
  accounts: ReadonlySet<string>,
): Promise<void> {
  const { db, session } = app.store
  if (!(await session.startIsRunning())) at.stderr.write(`${words.cli.nobodySends()}\n`)
  for (const { name, paused_at } of await configuredAccounts(db)) {
    if (paused_at === null || !accounts.has(name)) continue
    at.stderr.write(`${words.cli.standsStill({ account: name })}\n`)
  }
}
