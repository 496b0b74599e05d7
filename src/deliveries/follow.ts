import { wakeAccounts } from '../queue/accounts.ts'
import { publishJob } from '../queue/jobs.ts'
import type { Queue } from '../queue/queue.ts'
import { followPublication } from './publication.ts'
import { followRevisions } from './revise.ts'
import { wantChanges, type WantingMeans } from './want-changes.ts'

/**
 * What an article has become since is followed: what waits at once, what stands as its account's policy says.
 * Wakes the accounts on which something is to happen, each at its moment.
 */
export async function followArticles(means: WantingMeans, queue: Queue, now: Date): Promise<void> {
  await wakeAccounts(queue, await followRevisions(means.db, now))
  const moments = [...(await followPublication(means.db, now)), ...(await wantChanges(means, now))]
  for (const { id, platform, at } of moments) {
    await queue.wake(publishJob(platform, id), at)
  }
}
