import { sql, type Transaction } from 'kysely'
import { sourceOf, takeDue } from '../articles/ledger.ts'
import { tellChange } from '../store/changes.ts'
import type { DeliveryState, HeldFor, Ledger } from '../store/schema.ts'
import type { Db } from '../store/store.ts'
import { lockSource } from './flood.ts'
import { type HoldRules, holdFor } from './hold.ts'
import { noticeStates } from './noticing.ts'
import { comesOutAt } from './publication.ts'

/** What is to be announced where, and from when on. */
export interface Announcement {
  article: number
  accounts: readonly number[]
  /** When it may go out. */
  at: Date
  /** It is its site's own moment, which is still to come. */
  siteAt?: Date | null
  /** Somebody posts again on purpose: a further round beside the ones there were. */
  again: boolean
  /** Why a person must say so first; `skip`: a person said no already. */
  hold: HeldFor | 'skip' | null
}

/**
 * Inserts the deliveries an article still lacks; those that stand already are left as they are.
 * Answers the ids of the new ones.
 */
export async function announce(
  tx: Transaction<Ledger>,
  { article, accounts, at, siteAt = null, again, hold }: Announcement,
  now: Date,
): Promise<number[]> {
  if (accounts.length === 0) return []
  if (!again) await goOutAgain(tx, article, { hold, at, siteAt }, now)
  const rounds = await tx
    .selectFrom('deliveries')
    .select((row) => ['account_id', row.fn.max('round').as('round')])
    .where('article_id', '=', article)
    .groupBy('account_id')
    .execute()
  const roundOf = new Map(rounds.map((row) => [row.account_id, row.round]))
  const { revision } = await tx
    .selectFrom('articles')
    .select('revision')
    .where('id', '=', article)
    .executeTakeFirstOrThrow()
  const added = await tx
    .insertInto('deliveries')
    .values(
      accounts.map((account) => ({
        article_id: article,
        account_id: account,
        round: again ? (roundOf.get(account) ?? 0) + 1 : 1,
        ...standing(hold, at),
        first_due_at: at,
        site_at: siteAt,
        warnings: '[]',
        revision,
        created_at: now,
      })),
    )
    .onConflict((conflict) => conflict.columns(['article_id', 'account_id', 'round']).doNothing())
    .returning('id')
    .execute()
  const ids = added.map(({ id }) => id)
  for (const id of ids) await tellChange(tx, `d${id}`)
  if (hold !== null) await noticeStates(tx, ids, now)
  return ids
}

/** How a delivery starts. */
function standing(
  hold: Announcement['hold'],
  at: Date,
): {
  state: DeliveryState
  due_at: Date | null
  held_for: HeldFor | null
  canceled_for: 'person' | null
} {
  if (hold === 'skip')
    return { state: 'canceled', due_at: null, held_for: null, canceled_for: 'person' }
  const state = hold === null ? ('pending' as const) : ('held' as const)
  return { state, due_at: at, held_for: hold, canceled_for: null }
}

/**
 * Announces an article that was read because somebody or a source brought it: deliveries on all accounts, held
 * where the rules say so, and it is no longer due, in one transaction. False where there was nothing to do.
 */
export async function announceDue(
  db: Db,
  article: number,
  accounts: readonly { id: number }[],
  rules: HoldRules,
  now: Date,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const source = await sourceOf(tx, article)
    if (source !== null) await lockSource(tx, source)
    const row = await takeDue(tx, article)
    if (row === null) return false
    const hold = await holdFor(tx, row, rules, now)
    const ids = accounts.map(({ id }) => id)
    const siteAt = comesOutAt(row.article, now)
    const at = siteAt ?? now
    await announce(tx, { article, accounts: ids, at, siteAt, again: false, hold }, now)
    await tellChange(tx, `a${article}`)
    return true
  })
}

/** Published again: what was canceled only because its site had withdrawn it goes out after all. */
async function goOutAgain(
  tx: Transaction<Ledger>,
  article: number,
  { hold, at, siteAt }: Required<Pick<Announcement, 'hold' | 'at' | 'siteAt'>>,
  now: Date,
): Promise<void> {
  const back = await tx
    .updateTable('deliveries')
    .set((row) => ({
      ...standing(hold, at),
      first_due_at: at,
      site_at: siteAt,
      tries: 0,
      error: null,
      version: sql<number>`${row.ref('version')} + 1`,
    }))
    .where('article_id', '=', article)
    .where('state', '=', 'canceled')
    .where('canceled_for', '=', 'withdrawn')
    .returning('id')
    .execute()
  const ids = back.map(({ id }) => id)
  for (const id of ids) await tellChange(tx, `d${id}`)
  await noticeStates(tx, ids, now)
}
