import { sql } from 'kysely'
import type { AttemptsTable, Operation } from '../store/schema.ts'
import { type Lease, LEASE_MS } from './lease.ts'
import type { Means } from './means.ts'

type Ended = NonNullable<AttemptsTable['outcome']>

/**
 * The last step before a publishing call, in one statement: the lease is taken anew, the part is marked as
 * sent under its key, and the attempt stands. Null where the lease is lost: then nothing may be sent.
 */
export async function markSent(
  means: Means,
  lease: Lease,
  position: number,
  key: string,
): Promise<number | null> {
  const now = means.clock()
  const until = new Date(now.getTime() + LEASE_MS)
  const { rows } = await sql<{ id: number }>`
    with held as (
      update deliveries set lease_until = ${until}
        where id = ${lease.delivery} and lease_token = ${lease.token}
          and lease_until > clock_timestamp()
        returning id
    ), marked as (
      update parts set sent_at = coalesce(sent_at, ${now}), key = ${key},
          key_used_at = case when key = ${key} then coalesce(key_used_at, ${now}) else ${now} end
        where delivery_id in (select id from held) and position = ${position}
    )
    insert into attempts (delivery_id, position, at, operation)
      select id, ${position}, ${now}, 'publish' from held returning id`.execute(means.db)
  const [attempt] = rows
  if (attempt === undefined) return null
  lease.until = until
  return attempt.id
}

/** Notes a call that changes nothing on the platform's side: a look, an upload, a check. */
export async function startAttempt(
  means: Means,
  delivery: number,
  position: number,
  operation: Operation,
): Promise<number> {
  const { id } = await means.db
    .insertInto('attempts')
    .values({ delivery_id: delivery, position, at: means.clock(), operation })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Notes how a call ended. */
export async function endAttempt(
  means: Pick<Means, 'db' | 'clock'>,
  attempt: number,
  outcome: Ended,
  reason: string | null = null,
): Promise<void> {
  await means.db
    .updateTable('attempts')
    .set({ outcome, reason, ended_at: means.clock() })
    .where('id', '=', attempt)
    .execute()
}
