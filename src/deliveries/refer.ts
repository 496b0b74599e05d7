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
    const number = Number(id[2])
    const [table, target] =
      id[1] === 'd'
        ? (['deliveries', { delivery: number }] as const)
        : id[1] === 'a'
          ? (['articles', { article: number }] as const)
          : (['notices', { notice: number }] as const)
    const row = await db.selectFrom(table).select('id').where('id', '=', number).executeTakeFirst()
    if (row === undefined) throw new Problem('unknown-id', { id: typed.trim() })
    return target
  }
  if (!/^https?:\/\//i.test(typed) || !URL.canParse(typed)) throw new Problem('usage-id', { typed })
  const article = await articleOfAddress(db, typed)
  if (article === null) throw new Problem('unknown-address', { url: typed })
  return { article }
}
