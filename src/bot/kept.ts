import { createHash } from 'node:crypto'
import type { Locale } from '../locale/words.ts'
import type { Db } from '../store/store.ts'
import type { Said } from './text.ts'

/** A message that is changed in place when what it shows changes. */
export interface KeptMessage {
  chat: number
  message: number
  /** `a12`, `n5`, `queue`; `ask:d34:7`: the answer to it says where that post stands. */
  subject: string
  language: Locale
  /** `fingerprint` of what stands there. */
  shown: string
}

/** Whether two things said are the same: as much as need be kept of them. */
export function fingerprint(said: Said): string {
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url')
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
        .doUpdateSet({ subject: kept.subject, shown: kept.shown, language: kept.language }),
    )
    .execute()
}

/** How many of the newest messages about one thing are kept up to date. */
const MOST = 20

/** The messages in these chats that show one of these subjects, newest first; with a moment, only those since. */
export async function messagesAbout(
  db: Db,
  bot: string,
  on: { chats: readonly number[]; subjects: readonly string[]; since?: Date },
): Promise<KeptMessage[]> {
  const rows = await db
    .selectFrom('bot_messages')
    .selectAll()
    .where('bot', '=', bot)
    .where('chat', 'in', [...on.chats, 0])
    .where('subject', 'in', [...on.subjects, ''])
    .where('at', '>', on.since ?? new Date(0))
    .orderBy('at', 'desc')
    .limit(MOST * Math.max(1, on.subjects.length))
    .execute()
  return rows.map(keptOf)
}

/** What the messages since then are about, those newest first: at most a hundred. */
export async function recentSubjects(db: Db, bot: string, since: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('bot_messages')
    .select((row) => ['subject', row.fn.max('at').as('last')])
    .where('bot', '=', bot)
    .where('at', '>', since)
    .groupBy('subject')
    .orderBy('last', 'desc')
    .limit(100)
    .execute()
  return rows.map(({ subject }) => subject)
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

/** A message that is kept up to date; null where it is none. */
export async function keptAt(
  db: Db,
  bot: string,
  { chat, message }: Pick<KeptMessage, 'chat' | 'message'>,
): Promise<KeptMessage | null> {
  const row = await db
    .selectFrom('bot_messages')
    .selectAll()
    .where('bot', '=', bot)
    .where('chat', '=', chat)
    .where('message', '=', message)
    .executeTakeFirst()
  return row === undefined ? null : keptOf(row)
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
  return row === undefined ? null : keptOf(row)
}

function keptOf({
  chat,
  message,
  subject,
  language,
  shown,
}: Omit<KeptMessage, 'language'> & { language: string }): KeptMessage {
  return { chat, message, subject, shown, language: language === 'fr' ? 'fr' : 'en' }
}
