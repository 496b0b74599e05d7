import type { Db } from '../store/store.ts'

/** An open notice that somebody was not told yet. */
export interface Untold {
  id: number
  raisedAt: Date
}

/** The open notices that a person was not told, oldest first. */
export async function untoldTo(db: Db, bot: string, person: number): Promise<Untold[]> {
  const rows = await db
    .selectFrom('notices')
    .select(['id', 'raised_at as raisedAt'])
    .where('closed_at', 'is', null)
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('bot_told')
            .select('notice_id')
            .where('bot', '=', bot)
            .where('person', '=', person)
            .whereRef('notice_id', '=', 'notices.id'),
        ),
      ),
    )
    .orderBy('id')
    .execute()
  return rows
}

/** Remembers that a person was told. */
export async function noteTold(
  db: Db,
  bot: string,
  person: number,
  notices: readonly number[],
): Promise<void> {
  if (notices.length === 0) return
  await db
    .insertInto('bot_told')
    .values(notices.map((notice_id) => ({ bot, person, notice_id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
