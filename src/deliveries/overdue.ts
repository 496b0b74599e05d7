import { sql } from 'kysely'
import { closeAbout, raise } from '../notices/ledger.ts'
import type { Db } from '../store/store.ts'

/** What could go and nobody has tried for so long is for people to know. */
const PATIENCE_MS = 10 * 60_000

/**
 * Raises a notice for each account where something could go out and nobody has tried anything for ten minutes
 * (no worker runs, or it hangs), and closes those where that is so no more. A long queue that moves is no such case.
 */
export async function noticeOverdue(db: Db, now: Date): Promise<void> {
  const limit = new Date(now.getTime() - PATIENCE_MS)
  const { rows } = await sql<{ id: number; late: boolean }>`
    select accounts.id, configured and paused_at is null
        and coalesce(wait_until < ${limit}, true)
        and exists (select 1 from deliveries where account_id = accounts.id
          and state in ('pending', 'uncertain') and due_at < ${limit} and lease_token is null)
        and not exists (select 1 from deliveries join attempts on delivery_id = deliveries.id
          where account_id = accounts.id and attempts.at > ${limit}) as late
      from accounts
      where configured or exists (select 1 from notices where account_id = accounts.id
        and kind = 'overdue' and closed_at is null)`.execute(db)
  for (const { id, late } of rows) {
    if (late) await raise(db, 'overdue', { account: id }, now)
    else await closeAbout(db, { account: id }, now, 'unauthorized')
  }
}
