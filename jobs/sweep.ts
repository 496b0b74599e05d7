import type { App } from '../src/app.ts'
import { followArticles } from '../src/deliveries/follow.ts'
import { noticeOverdue } from '../src/deliveries/overdue.ts'
import { whatIsDue } from '../src/deliveries/sweep.ts'
import { countingDue } from '../src/engagement/sweep.ts'
import { forgetGaps } from '../src/sources/gap.ts'
import { forgetMessages } from '../src/sources/hook.ts'
import { noteDone } from '../src/store/upkeep.ts'

/** A little more than the time between two sweeps, so that nothing falls between. */
const AHEAD_MS = 90_000

/** Puts back into the queue whatever the ledger says is due, now or until the next sweep, and looks what lags. */
export async function sweep(app: App): Promise<void> {
  await app.store.setClock()
  const { db, clock } = app.store
  const queue = await app.queue()
  await followArticles(app.publishing, queue, clock())
  const until = new Date(clock().getTime() + AHEAD_MS)
  const due = [...(await whatIsDue(db, until)), ...(await countingDue(db, clock(), until))]
  for (const { job, at } of due) await queue.wake(job, at)
  await noticeOverdue(db, clock())
  await forgetMessages(db, clock())
  await forgetGaps(db, clock())
  await noteDone(db, 'sweep', clock())
}
