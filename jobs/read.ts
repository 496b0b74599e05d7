import type { App } from '../src/app.ts'
import { readHeard } from '../src/articles/ingest.ts'
import { followArticles } from '../src/deliveries/follow.ts'
import { withdraw } from '../src/deliveries/withdraw.ts'
import { announceJob, type Payload, readArticleJob } from '../src/queue/jobs.ts'

/** Reads an article that was heard or has changed; then it is announced, followed, or read again later. */
export async function read(app: App, { article }: Payload<'read'>): Promise<void> {
  const { db, clock } = app.store
  const queue = await app.queue()
  const next = await readHeard(app.reading, article)
  if (next === null) return
  if ('announce' in next) await queue.wake(announceJob(next.announce), next.at)
  else if ('again' in next) await queue.wake(readArticleJob(article), next.again)
  else {
    if ('withdrawn' in next) await withdraw(db, next.withdrawn, clock())
    await followArticles(app.publishing, queue, clock())
  }
}
