import { setTimeout as after } from 'node:timers/promises'
import type { PlatformId } from '../platforms/platform.ts'
import type { DeliveryError } from '../store/schema.ts'
import type { Db } from '../store/store.ts'
import type { CountingMeans } from './answer.ts'
import { COUNTED_FOR_MS } from './cadence.ts'
import { countNow } from './due.ts'
import { countDue } from './round.ts'
import type { Ended } from './turn.ts'

/** While another process counts, or publishing has its turn, it is looked again so often. */
const LOOK_MS = 1000

/** What came of counting one delivery because somebody asked. */
export interface AskedFor {
  id: number
  account: string
  platform: PlatformId
  outcome: 'counted' | 'gone' | 'not published' | 'account stands' | 'put off' | 'no answer'
  /** What the platform said, where it was put off. */
  problem: DeliveryError | null
}

/** What counting at once takes besides: whether anybody publishes, who then goes first. */
export type AskingMeans = CountingMeans & { publishes: () => Promise<boolean> }

/**
 * Counts deliveries now, in this process, whatever their cadence says; null: all that the cadence still counts.
 * Waits for the pace, for publishing, and for another process that counts; not for a platform that fails.
 */
export async function countAsked(
  means: AskingMeans,
  wanted: readonly number[] | null,
): Promise<AskedFor[]> {
  const { db, clock } = means
  const asked = clock()
  const ids = wanted ?? (await countedByCadence(db, asked))
  await countNow(db, ids, asked)
  const accounts = await db
    .selectFrom('counts')
    .select('account_id')
    .distinct()
    .where('delivery_id', 'in', [...ids, 0])
    .execute()
  await Promise.all(accounts.map(({ account_id }) => untilCounted(means, account_id, ids)))
  return outcomes(db, ids, asked)
}

/** What can be counted of what somebody named: a delivery; of an article's those that stand, if any does. */
export async function deliveriesOf(
  db: Db,
  named: { delivery: number } | { article: number },
): Promise<number[]> {
  if ('delivery' in named) return [named.delivery]
  const all = await db
    .selectFrom('deliveries')
    .select(['id', 'state'])
    .where('article_id', '=', named.article)
    .orderBy('id')
    .execute()
  const standing = all.filter(({ state }) => state === 'published')
  return (standing.length > 0 ? standing : all).map(({ id }) => id)
}

async function countedByCadence(db: Db, now: Date): Promise<number[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select('id')
    .where('state', '=', 'published')
    .where('published_at', '>', new Date(now.getTime() - COUNTED_FOR_MS))
    .execute()
  return rows.map(({ id }) => id)
}

async function untilCounted(
  means: AskingMeans,
  account: number,
  only: readonly number[],
): Promise<void> {
  const { stopping } = means
  while (!stopping.aborted) {
    const publishingFirst = await means.publishes()
    const round = await countDue(means, account, { only, publishingFirst, person: true })
    const ms = pauseOf(round, means.clock())
    if (ms === null) return
    await after(ms, undefined, { signal: stopping }).catch(() => undefined)
  }
}

/** How long to wait before the round goes on; null where waiting brings nothing. */
function pauseOf({ ended, next }: Ended, now: Date): number | null {
  if (ended === 'busy' || ended === 'publishing') return LOOK_MS
  if (ended !== 'pace' || next === null) return null
  return Math.max(0, next.getTime() - now.getTime())
}

async function outcomes(db: Db, ids: readonly number[], asked: Date): Promise<AskedFor[]> {
  const rows = await db
    .selectFrom('deliveries')
    .innerJoin('accounts', 'accounts.id', 'deliveries.account_id')
    .leftJoin('counts', 'counts.delivery_id', 'deliveries.id')
    .leftJoin('counting', 'counting.account_id', 'deliveries.account_id')
    .select(['deliveries.id', 'name', 'platform', 'state', 'configured', 'paused_at'])
    .select(['counted_at', 'counts.due_at', 'problem'])
    .where('deliveries.id', 'in', [...ids, 0])
    .orderBy('deliveries.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    account: row.name,
    platform: row.platform,
    outcome: outcomeOf(row, asked),
    problem: row.problem,
  }))
}

function outcomeOf(
  row: {
    state: string
    configured: boolean
    paused_at: Date | null
    counted_at: Date | null
    due_at: Date | null
    problem: DeliveryError | null
  },
  asked: Date,
): AskedFor['outcome'] {
  if (row.state === 'deleted') return 'gone'
  if (row.state !== 'published') return 'not published'
  if (row.counted_at !== null && row.counted_at >= asked) return 'counted'
  if (!row.configured || row.paused_at !== null) return 'account stands'
  return row.due_at !== null && row.due_at <= asked ? 'put off' : 'no answer'
}
