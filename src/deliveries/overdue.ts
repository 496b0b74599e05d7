import { sql } from 'kysely'
import { closeAbout, raise } from '../notices/ledger.ts'
import type { Db } from '../store/store.ts'
import { lastDone, noteDone } from '../store/upkeep.ts'

/** What could go and nobody has tried for so long is for people to know. */
const PATIENCE_MS = 10 * 60_000
/** Whoever looks does so each minute: a longer pause means that the machine was off. */
const PAUSE_MS = 3 * 60_000

/**
 * Raises a notice for each account where something could go out and nobody has tried anything for ten minutes
 * (no worker runs, or it hangs), and closes those where that is so no more. A long queue that moves is no such
 * case, nor is one that a machine finds that was off: the ten minutes count from when somebody looks again.
 */
export async function noticeOverdue(db: Db, now: Date): Promise<void> {
  const since = await lookingSince(db, now)
  const limit = new Date(now.getTime() - PATIENCE_MS)
  const { rows } = await sql<{ id: number; late: boolean }>`
    select accounts.id, configured and paused_at is null
        and coalesce(wait_until < ${limit}, true)
        and exists (select 1 from deliveries where account_id = accounts.id
          and state in ('pending', 'uncertain') and due_at < ${limit} and lease_token is null
          union all select 1 from deliveries where account_id = accounts.id
          and change_state = 'waiting' and change_due_at < ${limit} and lease_token is null)
        and not exists (select 1 from deliveries join attempts on delivery_id = deliveries.id
          where account_id = accounts.id and attempts.at > ${limit}) as late
      from accounts
      where configured or exists (select 1 from notices where account_id = accounts.id
        and kind = 'overdue' and closed_at is null)`.execute(db)
  for (const { id, late } of rows) {
    if (!late) await closeAbout(db, { account: id }, now, 'unauthorized')
    else if (since <= limit) await raise(db, 'overdue', { account: id }, now)
  }
}

/** Since when somebody has looked without a long pause. */
async function lookingSince(db: Db, now: Date): Promise<Date> {
  const last = await lastDone(db, 'look for overdue')
  const since = await lastDone(db, 'looking for overdue since')
  await noteDone(db, 'look for overdue', now)
  if (last !== null && since !== null && now.getTime() - last.getTime() < PAUSE_MS) return since
  await noteDone(db, 'looking for overdue since', now)
  return now
}
