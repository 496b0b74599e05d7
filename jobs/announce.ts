import { configuredAccounts } from '../src/accounts/ledger.ts'
import type { App } from '../src/app.ts'
import { announceDue } from '../src/deliveries/announce.ts'
import { type Payload, publishJob } from '../src/queue/jobs.ts'

/** Gives a ready article its deliveries, on every account, and wakes those. */
export async function announce(app: App, { article }: Payload<'announce'>): Promise<void> {
  const { db, schema, clock } = app.store
  const accounts = await configuredAccounts(db)
  const added = await announceDue(db, schema, article, accounts, clock())
  if (!added) return
  const queue = await app.queue()
  await Promise.all(accounts.map(({ id, platform }) => queue.wake(publishJob(platform, id))))
}
