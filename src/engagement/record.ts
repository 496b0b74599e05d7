import type { Transaction } from 'kysely'
import type { Counts } from '../platforms/platform.ts'
import { tellChange } from '../store/changes.ts'
import type { Ledger } from '../store/schema.ts'
import type { Db } from '../store/store.ts'
import { nextLook } from './cadence.ts'
import type { Countable } from './due.ts'
import { merged, sameCounts, unknownCounts } from './merge.ts'

/**
 * Keeps what a platform told of a delivery that is enrolled, and when it is asked again. A sample stands only where something
 * changed, and then the delivery is told as changed.
 */
export async function record(
  tx: Transaction<Ledger>,
  delivery: Pick<Countable, 'id' | 'publishedAt'>,
  counts: Counts,
  now: Date,
): Promise<void> {
  const dueAt = nextLook(delivery.publishedAt, now, now)
  await keep(tx, delivery.id, counts, now, { due_at: dueAt, alone: false })
}

/**
 * Reactions that Telegram told by itself, all of a message's together: `channel` is the chat's id, `message` the
 * message's. False where that message is no first part of a post of ours that stands.
 */
export async function recordReactions(
  db: Db,
  { channel, message, likes }: { channel: string; message: string; likes: number },
  now: Date,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const found = await tx
      .selectFrom('parts')
      .innerJoin('deliveries', 'deliveries.id', 'parts.delivery_id')
      .innerJoin('accounts', 'accounts.id', 'deliveries.account_id')
      .select(['deliveries.id', 'account_id', 'published_at'])
      .where((row) => row(row.ref('syndication', '->>').key('id'), '=', message))
      .where('position', '=', 0)
      .where('platform', '=', 'telegram')
      .where('identity', '=', channel)
      .where('deliveries.state', '=', 'published')
      .orderBy('deliveries.id', 'desc')
      .executeTakeFirst()
    if (found === undefined || found.published_at === null) return false
    const { id, account_id, published_at } = found
    const first = nextLook(published_at, null, now)
    await tx
      .insertInto('counts')
      .values({ delivery_id: id, account_id, published_at, due_at: first })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await keep(tx, id, { ...unknownCounts, likes }, now, {})
    return true
  })
}

async function keep(
  tx: Transaction<Ledger>,
  id: number,
  told: Counts,
  now: Date,
  next: { due_at?: Date | null; alone?: boolean },
): Promise<void> {
  const known = await tx
    .selectFrom('counts')
    .select(['likes', 'reposts', 'replies', 'quotes', 'views', 'rounded'])
    .where('delivery_id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const counts = merged(known, told)
  const changed = !sameCounts(known, counts)
  const row = { ...counts, rounded: JSON.stringify(counts.rounded) }
  await tx
    .updateTable('counts')
    .set({ ...row, ...next, counted_at: now, ...(changed && { changed_at: now }) })
    .where('delivery_id', '=', id)
    .execute()
  if (!changed) return
  await tx
    .insertInto('samples')
    .values({ ...row, delivery_id: id, at: now })
    .onConflict((conflict) => conflict.columns(['delivery_id', 'at']).doUpdateSet(row))
    .execute()
  await tellChange(tx, `d${id}`)
}
