import { recordReactions } from '../engagement/record.ts'
import { Problem, sentenceOf } from '../locale/problem.ts'
import { PlatformError } from '../platforms/error.ts'
import { reasonOf, stackOf } from '../reason.ts'
import { commands } from './commands/all.ts'
import { post } from './commands/post.ts'
import type { Desk } from './desk.ts'
import { linksIn } from './links.ts'
import { isNew, languageOf, meet } from './people.ts'
import { press } from './press.ts'
import { resolveAsked } from './resolve.ts'
import { type Talk, talkWith } from './talk.ts'
import { say } from './text.ts'
import type { Message, Update } from './update.ts'
import { spoken } from './words.ts'

/** Handles one update. Throws what stopped it; handled again it changes nothing. */
export async function hear(desk: Desk, update: Update): Promise<void> {
  if (update.message !== undefined) await listen(desk, update.message)
  if (update.callback_query !== undefined) await press(desk, update.callback_query)
  if (update.message_reaction_count !== undefined) {
    const { chat, message_id, reactions } = update.message_reaction_count
    const likes = reactions.reduce((sum, { total_count }) => sum + total_count, 0)
    const { db, clock } = desk.program.store
    const told = { channel: String(chat.id), message: String(message_id), likes }
    await recordReactions(db, told, clock())
  }
}

/** An update that tripped us up again is passed over; whoever waits for an answer is told. */
export async function sorry(desk: Desk, update: Update, error: unknown): Promise<void> {
  const { log } = desk.program
  if (error instanceof PlatformError) {
    log.warn('bot could not answer', { kind: error.kind, reason: error.reason })
  } else {
    const facts = { error: stackOf(error), reason: reasonOf(error) }
    log.error('bot failed in the program itself', facts)
  }
  const { message, callback_query: pressed } = update
  const from = pressed?.from ?? message?.from
  if (from === undefined || !desk.admins.includes(from.id)) return
  const words = spoken(languageOf(from)).bot.failed
  const told =
    pressed === undefined
      ? desk.line.send(from.id, say([words]))
      : desk.line.answer(pressed.id, words)
  await Promise.resolve(told).catch(() => undefined)
}

/** What somebody wrote. Groups and channels are no place for orders. */
async function listen(desk: Desk, message: Message): Promise<void> {
  const { chat, from, text = message.caption ?? '' } = message
  if (chat.type !== 'private' || from === undefined || from.is_bot) return
  const { db, clock } = desk.program.store
  await meet(db, desk.bot, from)
  if (!desk.admins.includes(from.id)) {
    if (!(await isNew(db, desk.bot, from.id, clock()))) return
    await desk.line.send(chat.id, say([spoken(languageOf(from)).bot.stranger]))
    return
  }
  const talk = talkWith(desk, chat.id, from, linksIn(message))
  try {
    await answer(talk, text.trim(), message.reply_to_message?.message_id ?? null)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await talk.say(sentenceOf(talk.sight.words, error))
  }
}

/** A command, or a link: the answer to what was asked, else an article to be announced. */
async function answer(talk: Talk, text: string, replyTo: number | null): Promise<void> {
  const [, name, words = ''] = /^\/([a-z]+)(?:@\w+)?(?:\s+([\s\S]*))?$/i.exec(text) ?? []
  const known = name?.toLowerCase() ?? ''
  const command = Object.hasOwn(commands, known) ? commands[known] : undefined
  if (command !== undefined) return command(talk, words)
  const [link, ...more] = talk.links
  if (link === undefined || name !== undefined) return talk.say(talk.sight.words.bot.notUnderstood)
  if (more.length === 0 && (await resolveAsked(talk, link, replyTo))) return
  await post(talk)
}
