import type { App } from '../src/app.ts'
import { countDue } from '../src/engagement/round.ts'
import { countJob, type Payload } from '../src/queue/jobs.ts'

/** Counts what is due on one account; a round that stopped before its end goes on later. */
export async function count(app: App, { account }: Payload<'count'>): Promise<void> {
  const { ended, next } = await countDue(app.publishing, account)
  if (next === null || ended === 'busy') return
  const queue = await app.queue()
  await queue.wake(countJob(account), next)
}
