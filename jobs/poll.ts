import type { App } from '../src/app.ts'
import { readArticleJob } from '../src/queue/jobs.ts'
import { pollDue } from '../src/sources/poll.ts'

/** Reads the sources that are due; what they brought is read next. */
export async function poll(app: App): Promise<void> {
  const { db, clock } = app.store
  const { log, fetch, config } = app
  const polled = await pollDue({ db, clock, log, fetch, everyMs: config.feedIntervalMs })
  const queue = await app.queue()
  for (const { baseline, heard } of polled) {
    if (baseline) continue
    for (const article of heard) await queue.wake(readArticleJob(article))
  }
}
