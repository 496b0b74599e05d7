import type { Db } from '../store/store.ts'

/** Whether an update was handled before: after a crash the same may come again. */
export async function wasHandled(db: Db, bot: string, update: number): Promise<boolean> {
  const row = await db
    .selectFrom('bot_updates')
    .select('update_id')
    .where('bot', '=', bot)
    .where('update_id', '=', update)
    .executeTakeFirst()
  return row !== undefined
}

/** Remembers that it was handled. */
export async function noteHandled(db: Db, bot: string, update: number, now: Date): Promise<void> {
  await db
    .insertInto('bot_updates')
    .values({ bot, update_id: update, at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
