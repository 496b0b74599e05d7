import { type Job, announceJob, publishJob, readArticleJob } from '../queue/jobs.ts'
import type { Db } from '../store/store.ts'

/** A job that the ledger says is due, and when. */
export interface Due {
  job: Job
  at: Date
}

/**
 * Everything that waits for a moment: accounts with something due or a lease that ends, articles to be read.
 * The sweep puts these back into the queue, so that a queue that was lost or never told loses nothing.
 */
export async function whatIsDue(db: Db, until: Date): Promise<Due[]> {
  const accounts = await db
    .selectFrom('deliveries')
    .innerJoin('accounts', 'accounts.id', 'deliveries.account_id')
    .select((row) => [
      'accounts.id',
      'accounts.platform',
      row.fn.min(row.fn.coalesce('lease_until', 'due_at', 'change_due_at')).as('at'),
    ])
    // A lease ends also where its account stands still meanwhile.
    .where((row) =>
      row.or([
        row('lease_until', 'is not', null),
        row.and([row('configured', '=', true), row('paused_at', 'is', null)]),
      ]),
    )
    .where((row) =>
      row.or([
        row.and([
          row('state', 'in', ['pending', 'publishing', 'uncertain']),
          row.or([row('lease_until', '<=', until), row('due_at', '<=', until)]),
        ]),
        row.and([
          row('change_state', '=', 'waiting'),
          row.or([row('lease_until', '<=', until), row('change_due_at', '<=', until)]),
        ]),
      ]),
    )
    .groupBy(['accounts.id', 'accounts.platform'])
    .execute()
  const articles = await db
    .selectFrom('articles')
    .select(['id', 'state', 'due_at', 'reread_at'])
    .where((row) => row.or([row('due_at', '<=', until), row('reread_at', '<=', until)]))
    .orderBy('id')
    .limit(1000)
    .execute()
  return [
    ...accounts.map(({ id, platform, at }) => ({ job: publishJob(platform, id), at: at ?? until })),
    ...articles.flatMap(({ id, state, due_at, reread_at }) => [
      ...(due_at === null
        ? []
        : [{ job: state === 'heard' ? readArticleJob(id) : announceJob(id), at: due_at }]),
      ...(reread_at === null ? [] : [{ job: readArticleJob(id), at: reread_at }]),
    ]),
  ]
}
