import { sql, type Selectable } from 'kysely'
import type { AccountRow } from '../accounts/ledger.ts'
import { limitsOf } from '../accounts/limits.ts'
import { platforms } from '../platforms/registry.ts'
import type { PartsTable } from '../store/schema.ts'
import type { Db } from '../store/store.ts'
import type { DeliveryRow } from './claim.ts'
import { writeDrafts } from './draft.ts'
import type { Lease } from './lease.ts'
import type { Means } from './means.ts'
import { thaw } from './thaw.ts'

export type PartRow = Selectable<PartsTable>

/** The post as it is frozen: its parts in order, and the moment it bears. */
export interface FrozenPost {
  createdAt: Date
  parts: PartRow[]
}

/**
 * The delivery's post: written by the template and frozen at the first attempt, as it was frozen ever after.
 * Null where the lease is lost. Throws `TemplateError` where no post can be written.
 */
export async function freeze(
  means: Means,
  lease: Lease,
  account: AccountRow,
  delivery: DeliveryRow,
): Promise<FrozenPost | null> {
  const { article, revision } = await means.db
    .selectFrom('articles')
    .select(['article', 'revision'])
    .where('id', '=', delivery.article_id)
    .executeTakeFirstOrThrow()
  if (delivery.frozen_at !== null && !(await thawed(means, delivery, revision))) {
    return { createdAt: delivery.frozen_at, parts: await partsOf(means.db, delivery.id) }
  }
  if (article === null) throw new Error(`a${delivery.article_id} was announced but never read`)
  const platform = platforms[account.platform]
  const template = means.templates[account.platform]
  const drafts = await writeDrafts(article, platform, limitsOf(account), template)
  const now = means.clock()
  const frozen = await means.db.transaction().execute(async (tx) => {
    const held = await tx
      .updateTable('deliveries')
      .set({
        frozen_at: now,
        revision,
        warnings: JSON.stringify(drafts.flatMap((draft) => draft.warnings)),
      })
      .where('id', '=', delivery.id)
      .where('lease_token', '=', lease.token)
      .where('lease_until', '>', sql<Date>`clock_timestamp()`)
      .executeTakeFirst()
    if (held.numUpdatedRows === 0n) return false
    await tx
      .insertInto('parts')
      .values(
        drafts.map((draft, position) => ({
          delivery_id: delivery.id,
          position,
          draft: JSON.stringify(draft),
          key: platform.newKey(now, means.random),
        })),
      )
      .execute()
    return true
  })
  return frozen ? { createdAt: now, parts: await partsOf(means.db, delivery.id) } : null
}

/** Its article changed since it was frozen, and nothing of it can stand: it is written anew. */
async function thawed(
  { db }: Means,
  { id, revision }: DeliveryRow,
  current: number,
): Promise<boolean> {
  return revision < current && db.transaction().execute((tx) => thaw(tx, id))
}

/** A delivery's parts in order. */
export function partsOf(db: Db, delivery: number): Promise<PartRow[]> {
  return db
    .selectFrom('parts')
    .selectAll()
    .where('delivery_id', '=', delivery)
    .orderBy('position')
    .execute()
}
