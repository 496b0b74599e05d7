import { standsFor } from '../articles/ledger.ts'
import { articleOfAddress } from './story.ts'
import { Problem } from '../locale/problem.ts'
import type { Db } from '../store/store.ts'

/** What an id or an address means: a delivery, an article (all its deliveries), or a notice. */
export type Target = { delivery: number } | { article: number } | { notice: number }

/**
 * Reads what a person typed or a script sent: `d34`, `a12`, `n5`, or an article's address in any spelling.
 * Throws `usage-id` where it is none of these, `unknown-id` and `unknown-address` where nothing bears it.
 */
export async function refer(db: Db, typed: string): Promise<Target> {
  const id = /^([adn])(\d{1,15})$/.exec(typed.trim())
  if (id !== null) {
    const target = await bearer(db, id[1], Number(id[2]))
    if (target === null) throw new Problem('unknown-id', { id: typed.trim() })
    return target
  }
  if (!/^https?:\/\//i.test(typed) || !URL.canParse(typed)) throw new Problem('usage-id', { typed })
  const article = await articleOfAddress(db, typed)
  if (article === null) throw new Problem('unknown-address', { url: typed })
  return { article }
}

async function bearer(db: Db, noun: string | undefined, id: number): Promise<Target | null> {
  if (noun === 'a') {
    const article = await standsFor(db, id)
    return article === null ? null : { article }
  }
  const table = noun === 'd' ? ('deliveries' as const) : ('notices' as const)
  const row = await db.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst()
  if (row === undefined) return null
  return noun === 'd' ? { delivery: id } : { notice: id }
}
