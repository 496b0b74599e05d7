import type { Locale } from '../locale/words.ts'
import type { Db } from '../store/store.ts'

/** A message that is changed in place when what it shows changes. */
export interface KeptMessage {
  chat: number
  message: number
  /** `a12`, `n5`, `queue`; `ask:d34:7`: the answer to it says where that post stands. */
  subject: string
  language: Locale
  shown: string
}

/** Remembers a message and what stands there now. */
export async function keepMessage(
  db: Db,
  bot: string,
  kept: KeptMessage,
  now: Date,
): Promise<void> {
  await db
    .insertInto('bot_messages')
    .values({ bot, ...kept, at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['bot', 'chat', 'message'])
        .doUpdateSet({ subject: kept.subject, shown: kept.shown }),
    )
    .execute()
}

/** How many of the newest messages about one thing are kept up to date. */
const MOST = 20

/** The messages that show one of these subjects, newest first; with a moment, only those shown since. */
export async function messagesAbout(
  db: Db,
  bot: string,
  subjects: readonly string[],
  since: Date | null = null,
): Promise<KeptMessage[]> {
  const rows = await db
    .selectFrom('bot_messages')
    .selectAll()
    .where('bot', '=', bot)
    .where('subject', 'in', ['', ...subjects])
    .$if(since !== null, (query) => query.where('at', '>', since ?? new Date(0)))
    .orderBy('at', 'desc')
    .limit(MOST * Math.max(1, subjects.length))
    .execute()
  return rows.map(({ language, ...row }) => ({ ...row, language: language === 'fr' ? 'fr' : 'en' }))
}

/** Forgets a message that is there no more. */
export async function forgetMessage(
  db: Db,
  bot: string,
  { chat, message }: Pick<KeptMessage, 'chat' | 'message'>,
): Promise<void> {
  await db
    .deleteFrom('bot_messages')
    .where('bot', '=', bot)
    .where('chat', '=', chat)
    .where('message', '=', message)
    .execute()
}

/** What somebody was asked last, within that time: which post stands where. */
export async function askedLately(
  db: Db,
  bot: string,
  chat: number,
  since: Date,
): Promise<KeptMessage | null> {
  const row = await db
    .selectFrom('bot_messages')
    .selectAll()
    .where('bot', '=', bot)
    .where('chat', '=', chat)
    .where('subject', 'like', 'ask:%')
    .where('at', '>', since)
    .orderBy('at', 'desc')
    .executeTakeFirst()
  return row === undefined ? null : { ...row, language: row.language === 'fr' ? 'fr' : 'en' }
}

/** What a message is about, where it is one that is kept up to date. */
export async function subjectOf(
  db: Db,
  bot: string,
  chat: number,
  message: number,
): Promise<string | null> {
  const row = await db
    .selectFrom('bot_messages')
    .select('subject')
    .where('bot', '=', bot)
    .where('chat', '=', chat)
    .where('message', '=', message)
    .executeTakeFirst()
  return row?.subject ?? null
}
