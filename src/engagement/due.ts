import { sql, type Transaction } from 'kysely'
import type { Syndication } from '../platforms/platform.ts'
import type { Ledger } from '../store/schema.ts'
import type { Db } from '../store/store.ts'
import { COUNTED_FOR_MS, FIRST_LOOK_MS } from './cadence.ts'

/** A published delivery to be counted, by its first part. */
export interface Countable {
  id: number
  publishedAt: Date
  syndication: Syndication
}

/** Gives what was published since the last time its row in `counts`; of one account, or (null) of all. */
export async function enrol(db: Db, account: number | null, now: Date): Promise<void> {
  const since = new Date(now.getTime() - COUNTED_FOR_MS)
  await db
    .insertInto('counts')
    .columns(['delivery_id', 'account_id', 'published_at', 'due_at'])
    .expression((query) =>
      query
        .selectFrom('deliveries')
        .select([
          'id',
          'account_id',
          'published_at',
          sql<Date>`published_at + ${FIRST_LOOK_MS} * interval '1 ms'`.as('due_at'),
        ])
        .$narrowType<{ published_at: Date }>()
        .where('state', '=', 'published')
        .where('published_at', '>', since)
        .$if(account !== null, (narrow) => narrow.where('account_id', '=', account ?? 0))
        .where((row) =>
          row.not(
            row.exists(
              row
                .selectFrom('counts')
                .select('delivery_id')
                .whereRef('counts.delivery_id', '=', 'deliveries.id'),
            ),
          ),
        ),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What one call asks for: many at once, or one that the answer for many left out, by itself. */
export interface Question {
  asked: Countable[]
  alone: boolean
}

/**
 * What is to be asked for next on an account, oldest due first, at most `atOnce` together; null where nothing is
 * due. `only` narrows it to some deliveries.
 */
export async function nextQuestion(
  tx: Transaction<Ledger>,
  { account, atOnce, only }: { account: number; atOnce: number; only: readonly number[] | null },
  now: Date,
): Promise<Question | null> {
  const due = (alone: boolean) =>
    tx
      .selectFrom('counts')
      .innerJoin('deliveries', 'deliveries.id', 'counts.delivery_id')
      .innerJoin('parts', 'parts.delivery_id', 'counts.delivery_id')
      .select(['counts.delivery_id', 'counts.published_at', 'parts.syndication'])
      .where('counts.account_id', '=', account)
      .where('counts.due_at', '<=', now)
      .where('counts.alone', '=', alone)
      .where('deliveries.state', '=', 'published')
      .where('parts.position', '=', 0)
      .where('parts.syndication', 'is not', null)
      .$if(only !== null, (query) => query.where('counts.delivery_id', 'in', [...(only ?? []), 0]))
      .orderBy('counts.due_at')
      .orderBy('counts.delivery_id')
      .limit(alone ? 1 : atOnce)
      .execute()
  const together = await due(false)
  const rows = together.length > 0 ? together : await due(true)
  if (rows.length === 0) return null
  const asked = rows.flatMap(({ delivery_id, published_at, syndication }) =>
    syndication === null ? [] : [{ id: delivery_id, publishedAt: published_at, syndication }],
  )
  return { asked, alone: asked.length === 1 }
}

/** A person wants these counted now, whatever their cadence says, also after their month. */
export async function countNow(db: Db, deliveries: readonly number[], now: Date): Promise<void> {
  await db
    .insertInto('counts')
    .columns(['delivery_id', 'account_id', 'published_at', 'due_at'])
    .expression((query) =>
      query
        .selectFrom('deliveries')
        .select(['id', 'account_id', 'published_at', sql<Date>`${now}::timestamptz`.as('due_at')])
        .$narrowType<{ published_at: Date }>()
        .where('state', '=', 'published')
        .where('published_at', 'is not', null)
        .where('id', 'in', [...deliveries, 0]),
    )
    .onConflict((conflict) => conflict.column('delivery_id').doUpdateSet({ due_at: now }))
    .execute()
}
