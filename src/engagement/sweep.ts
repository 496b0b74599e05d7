import type { Due } from '../deliveries/sweep.ts'
import { countJob } from '../queue/jobs.ts'
import type { Db } from '../store/store.ts'
import { enrol } from './due.ts'

/** The accounts whose counting is due before `until`, each at its moment. */
export async function countingDue(db: Db, now: Date, until: Date): Promise<Due[]> {
  await enrol(db, null, now)
  const accounts = await db
    .selectFrom('counts')
    .innerJoin('deliveries', 'deliveries.id', 'counts.delivery_id')
    .innerJoin('accounts', 'accounts.id', 'counts.account_id')
    .leftJoin('counting', 'counting.account_id', 'counts.account_id')
    .select((row) => [
      'counts.account_id',
      'counting.wait_until',
      row.fn.min('counts.due_at').as('due_at'),
    ])
    .where('counts.due_at', '<=', until)
    .where('deliveries.state', '=', 'published')
    .where('accounts.configured', '=', true)
    .where('accounts.paused_at', 'is', null)
    .where((row) =>
      row.or([row('counting.wait_until', 'is', null), row('counting.wait_until', '<=', until)]),
    )
    .groupBy(['counts.account_id', 'counting.wait_until'])
    .execute()
  return accounts.map(({ account_id, wait_until, due_at }) => ({
    job: countJob(account_id),
    at: new Date(Math.max(due_at?.getTime() ?? 0, wait_until?.getTime() ?? 0)),
  }))
}
