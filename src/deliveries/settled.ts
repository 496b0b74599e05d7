import type { Db } from '../store/store.ts'
import type { DeliveryState } from '../store/schema.ts'

/** What is not due sooner than this settles nothing while somebody waits. */
const SOON_MS = 120_000

const over: readonly DeliveryState[] = ['published', 'failed', 'canceled', 'deleted', 'held']

/** What decides whether waiting longer would bring anything. */
export interface Waiting {
  state: DeliveryState
  dueAt: Date | null
  accountStands: boolean
}

/** Settled: nothing more will happen by itself within two minutes. */
export function isSettled({ state, dueAt, accountStands }: Waiting, now: Date): boolean {
  if (over.includes(state)) return true
  if (state === 'publishing') return false
  if (state === 'uncertain' && dueAt === null) return true
  if (accountStands) return true
  return dueAt !== null && dueAt.getTime() - now.getTime() > SOON_MS
}

/** Whether all deliveries of an article have settled. */
export async function allSettled(db: Db, article: number, now: Date): Promise<boolean> {
  const rows = await db
    .selectFrom('deliveries')
    .innerJoin('accounts', 'accounts.id', 'deliveries.account_id')
    .select(['state', 'due_at', 'wait_until', 'paused_at', 'configured', 'lease_until'])
    .where('article_id', '=', article)
    .execute()
  return rows.every(
    (row) =>
      isSettled(
        {
          state: row.state,
          dueAt:
            row.due_at !== null && row.wait_until !== null && row.wait_until > row.due_at
              ? row.wait_until
              : row.due_at,
          accountStands: row.paused_at !== null || !row.configured,
        },
        now,
      ) && row.lease_until === null,
  )
}
