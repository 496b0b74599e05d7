import { decisionsOn } from '../../decisions/ledger.ts'
import { publicDelivery } from '../../deliveries/public.ts'
import { deliveries, type Which } from '../../deliveries/view.ts'
import { latestCounts } from '../../engagement/stats.ts'
import type { Db } from '../../store/store.ts'
import type { Web } from '../routes.ts'

/** The number in `a12`, `d34`, `n5`. */
export function idOf(id: string): number {
  return Number(id.slice(1))
}

/** The newest counts of deliveries. */
export function countsOf(db: Db, of: readonly { id: string }[]) {
  return latestCounts(
    db,
    of.map(({ id }) => idOf(id)),
  )
}

/** Deliveries with their counts and what was decided about them. */
export async function tellDeliveries({ store: { db }, words }: Web, which: Which) {
  const rows = await deliveries(db, which)
  const ids = rows.map(({ id }) => idOf(id))
  const [counts, decisions] = await Promise.all([
    latestCounts(db, ids),
    decisionsOn(db, { deliveries: ids }),
  ])
  return rows.map((row) => publicDelivery(row, words, { counts, decisions }))
}
