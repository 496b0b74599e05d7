import type { Db } from '../store/store.ts'
import type { Locale } from '../locale/words.ts'
import type { Writer } from './update.ts'

/** The language somebody's Telegram speaks, of the two that Crieur knows. */
export function languageOf({ language_code }: Pick<Writer, 'language_code'>): Locale {
  return language_code?.toLowerCase().startsWith('fr') === true ? 'fr' : 'en'
}

/** Somebody wrote: they can be written to, in their language. */
export async function meet(db: Db, bot: string, person: Writer): Promise<void> {
  const language = languageOf(person)
  await db
    .insertInto('bot_people')
    .values({ bot, person: person.id, language })
    .onConflict((conflict) =>
      conflict.columns(['bot', 'person']).doUpdateSet({ language, blocked_at: null }),
    )
    .execute()
}

/** A stranger is answered once: true that one time. */
export async function isNew(db: Db, bot: string, person: number, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('bot_people')
    .set({ answered_at: now })
    .where('bot', '=', bot)
    .where('person', '=', person)
    .where('answered_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Somebody cannot be written to any more, until they write again. */
export async function lose(db: Db, bot: string, person: number, now: Date): Promise<void> {
  await db
    .updateTable('bot_people')
    .set({ blocked_at: now })
    .where('bot', '=', bot)
    .where('person', '=', person)
    .execute()
}

/** Those of these people who can be written to, each with their language. */
export async function reachable(
  db: Db,
  bot: string,
  people: readonly number[],
): Promise<{ person: number; language: Locale }[]> {
  const rows = await db
    .selectFrom('bot_people')
    .select(['person', 'language'])
    .where('bot', '=', bot)
    .where('person', 'in', [...people, 0])
    .where('blocked_at', 'is', null)
    .execute()
  return rows.map(({ person, language }) => ({ person, language: language === 'fr' ? 'fr' : 'en' }))
}
