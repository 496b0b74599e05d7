import type { Db } from '../store/store.ts'

const DAY_MS = 24 * 3_600_000
/** Telegram keeps updates for a day (Spec getUpdates): older numbers never come again. */
const UPDATES_MS = 2 * DAY_MS
/** So long a post is counted, and its report changes. */
const MESSAGES_MS = 31 * DAY_MS

/** Forgets what nobody asks for any more: updates, old messages, and who was told what is closed by now. */
export async function forgetOld(db: Db, now: Date): Promise<void> {
  const before = (ms: number) => new Date(now.getTime() - ms)
  await db.deleteFrom('bot_updates').where('at', '<', before(UPDATES_MS)).execute()
  await db.deleteFrom('bot_messages').where('at', '<', before(MESSAGES_MS)).execute()
  await db
    .deleteFrom('bot_told')
    .using('notices')
    .whereRef('notices.id', '=', 'bot_told.notice_id')
    .where('closed_at', 'is not', null)
    .execute()
}
