import type { App } from '../src/app.ts'
import { readHeard } from '../src/articles/ingest.ts'
import { announceJob, type Payload, readArticleJob } from '../src/queue/jobs.ts'

/** Reads an article that was heard; then it is announced, or read again later. */
export async function read(app: App, { article }: Payload<'read'>): Promise<void> {
  const queue = await app.queue()
  const next = await readHeard(app.reading, article)
  if (next === null) return
  if ('announce' in next) await queue.wake(announceJob(next.announce))
  else await queue.wake(readArticleJob(article), next.again)
}
