import { configuredAccounts } from '../src/accounts/ledger.ts'
import type { App } from '../src/app.ts'
import { announceDue } from '../src/deliveries/announce.ts'
import { wakeAccounts } from '../src/queue/accounts.ts'
import type { Payload } from '../src/queue/jobs.ts'

/** Gives a ready article its deliveries, on every account, and wakes those. */
export async function announce(app: App, { article }: Payload<'announce'>): Promise<void> {
  const { db, clock } = app.store
  const accounts = await configuredAccounts(db)
  const added = await announceDue(db, article, accounts, app.holding, clock())
  if (!added) return
  await wakeAccounts(await app.queue(), accounts)
}
