import { sql } from 'kysely'
import { Problem } from '../locale/problem.ts'
import type { Via } from '../store/schema.ts'
import { keysOf } from './identity.ts'
import { findByKeys, giveKeys, holdKeys, isUnasked, type ArticleRow, type Tx } from './ledger.ts'
import type { ArticleInput } from './schema.ts'

/** An article that somebody named on purpose, still to be read. */
export interface Named {
  input: ArticleInput
  via: Extract<Via, 'api' | 'bot'>
}

/** What hearing of an article came to: its row, and when it is to be read; null where nothing is to be done. */
export interface Heard {
  article: number
  readAt: Date | null
}

/**
 * Keeps an article that somebody named on purpose. One that was known only, could not be read or was withdrawn
 * is read now; one that waits to be read will not be held for its age or number; one that was announced stays
 * as it is, but for what the new words change of it. Throws `not-an-article` where its address is a home page.
 */
export async function hearNamed(tx: Tx, { input, via }: Named, now: Date): Promise<Heard> {
  const keys = keysOf({ addresses: [input.url], id: input.id })
  if (keys.length === 0) throw new Problem('not-an-article', { address: input.url })
  await holdKeys(tx, keys)
  const given = Object.keys(input).length > 1 ? JSON.stringify(input) : null
  const known = await findByKeys(tx, keys)
  if (known === null) {
    const { id } = await tx
      .insertInto('articles')
      .values({ url: input.url, state: 'heard', via, given, due_at: now, heard_at: now })
      .returning('id')
      .executeTakeFirstOrThrow()
    await giveKeys(tx, id, keys)
    return { article: id, readAt: now }
  }
  await giveKeys(tx, known.id, keys)
  const readAt = await hearAgain(tx, known, given, via, now)
  return { article: known.id, readAt }
}

async function hearAgain(
  tx: Tx,
  known: ArticleRow,
  given: string | null,
  via: Via,
  now: Date,
): Promise<Date | null> {
  const row = tx.updateTable('articles').where('id', '=', known.id)
  if (known.state === 'ready') {
    const changed = sql<boolean>`given is distinct from ${given}::jsonb`
    const { numUpdatedRows } = await row
      .set({ given, reread_at: now })
      .where(given === null ? sql<boolean>`false` : changed)
      .executeTakeFirst()
    // From now on it counts as named, also where it still waits to go out.
    if (isUnasked(known.via) || known.due_at !== null) await row.set({ via }).execute()
    return numUpdatedRows > 0n ? now : null
  }
  const heard = { state: 'heard' as const, via, due_at: now, problem: null, tries: 0 }
  await row.set({ ...heard, ...(given !== null && { given }) }).execute()
  return now
}
