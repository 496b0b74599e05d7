import { sql, type Transaction } from 'kysely'
import type { Warning } from '../posts/post.ts'
import type { Ledger } from '../store/schema.ts'
import type { Db } from '../store/store.ts'

/** Keeps a warning beside a delivery, once. */
export async function warn(
  db: Db | Transaction<Ledger>,
  delivery: number,
  warning: Warning,
): Promise<void> {
  const added = JSON.stringify([warning])
  await sql`
    update deliveries set warnings = warnings || ${added}::jsonb
      where id = ${delivery} and not warnings @> ${added}::jsonb`.execute(db)
}

/** A picture stays away: nothing else is to be said of it. */
export async function warnLost(
  db: Db | Transaction<Ledger>,
  delivery: number,
  warning: Warning,
): Promise<void> {
  await sql`
    update deliveries set warnings = coalesce((
        select jsonb_agg(told) from jsonb_array_elements(warnings) told
          where not (told ->> 'kind' = 'no-alt' and told ->> 'about' = ${warning.about ?? ''})), '[]')
      where id = ${delivery}`.execute(db)
  await warn(db, delivery, warning)
}
