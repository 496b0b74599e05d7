import type { App } from '../src/app.ts'
import { publishDue } from '../src/deliveries/publish.ts'
import { type Payload, publishJob } from '../src/queue/jobs.ts'

/** Publishes what is due on one account, then asks to be woken when there is something again. */
export async function publish(app: App, { account }: Payload<'publish'>): Promise<void> {
  const next = await publishDue(app.publishing, account)
  if (next === null) return
  const queue = await app.queue()
  await queue.wake(publishJob(next.platform, next.account), next.at)
}
