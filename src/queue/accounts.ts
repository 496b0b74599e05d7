import type { PlatformId } from '../platforms/platform.ts'
import { publishJob } from './jobs.ts'
import type { Queue } from './queue.ts'

/** Wakes the publishing of several accounts, now or at a moment. */
export async function wakeAccounts(
  queue: Queue,
  accounts: readonly { id: number; platform: PlatformId }[],
  at?: Date,
): Promise<void> {
  await Promise.all(accounts.map(({ id, platform }) => queue.wake(publishJob(platform, id), at)))
}
