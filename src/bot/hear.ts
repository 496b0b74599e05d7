import { reasonOf, stackOf } from '../reason.ts'
import { PlatformError } from '../platforms/error.ts'
import { recordReactions } from '../engagement/record.ts'
import { commands } from './commands/all.ts'
import { addressIn } from './commands/post.ts'
import { type Desk, talkWith } from './desk.ts'
import { isNew, languageOf, meet } from './people.ts'
import { press } from './press.ts'
import { resolveAsked } from './resolve.ts'
import type { Message, Update } from './update.ts'
import { wordsOf } from '../locale/words.ts'
import { say } from './text.ts'

/**
 * Handles one update. What goes wrong is logged and never stops the stream: an update that trips us up would
 * come again and again.
 */
export async function hear(desk: Desk, update: Update): Promise<void> {
  try {
    if (update.message !== undefined) await listen(desk, update.message)
    if (update.callback_query !== undefined) await press(desk, update.callback_query)
    if (update.message_reaction_count !== undefined) {
      const { chat, message_id, reactions } = update.message_reaction_count
      const likes = reactions.reduce((sum, { total_count }) => sum + total_count, 0)
      const { db, clock } = desk.program.store
      const told = { channel: String(chat.id), message: String(message_id), likes }
      await recordReactions(db, told, clock())
    }
  } catch (error) {
    const { log } = desk.program
    if (error instanceof PlatformError) {
      log.warn('bot could not answer', { kind: error.kind, reason: error.reason })
    } else {
      log.error('bot failed in the program itself', {
        error: stackOf(error),
        reason: reasonOf(error),
      })
    }
  }
}

/** What somebody wrote. Groups and channels are no place for orders. */
async function listen(desk: Desk, { chat, from, text = '' }: Message): Promise<void> {
  if (chat.type !== 'private' || from === undefined || from.is_bot) return
  const { db, clock } = desk.program.store
  await meet(db, desk.bot, from)
  if (!desk.admins.includes(from.id)) {
    if (!(await isNew(db, desk.bot, from.id, clock()))) return
    await desk.line.send(chat.id, say([wordsOf(languageOf(from)).bot.stranger]))
    return
  }
  const talk = talkWith(desk, chat.id, from)
  const [, name, words = ''] = /^\/([a-z]+)(?:@\w+)?(?:\s+([\s\S]*))?$/i.exec(text.trim()) ?? []
  const known = name?.toLowerCase() ?? ''
  const command = Object.hasOwn(commands, known) ? commands[known] : undefined
  if (command !== undefined) return command(talk, words)
  const address = name === undefined ? addressIn(text) : null
  if (address === null) return talk.say(talk.sight.words.bot.notUnderstood)
  if (await resolveAsked(talk, address)) return
  await commands['post']?.(talk, address)
}
