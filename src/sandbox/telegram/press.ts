import type { z } from 'zod'
import type { Bot } from './bot.ts'
import { hasButton, type Line } from './chats.ts'
import type { pressOrder } from './orders.ts'
import { chatWith, userOf } from './person.ts'

/**
 * Somebody presses a button: the bot hears of it. Throws where the person does not see that button, unless it is
 * forced: a message that is gone then comes as one that the bot cannot reach (Spec InaccessibleMessage).
 */
export function press(
  { chats, updates, queries }: Bot,
  { user, message_id, data, force }: Omit<z.output<typeof pressOrder>, 'bot'>,
  at: Date,
): { callback_query_id: string } {
  const id = typeof user === 'number' ? user : user.id
  const room = chats.find(id)
  const line = room?.lines.find((one) => one.id === message_id)
  if (!force && !isSeen(line, data)) throw new Error(`no button «${data}» under ${message_id}`)
  const person = typeof user === 'number' ? room?.person : user
  if (!person) throw new Error(`${id} never started the bot`)
  const message =
    room && line ? chats.shown(room, line) : { chat: chatWith(person), message_id, date: 0 }
  const query = queries.ask(id, data, at)
  const value = { id: query, from: userOf(person), message, chat_instance: String(id * 7919), data }
  updates.push('callback_query', value, at)
  return { callback_query_id: query }
}

function isSeen(line: Line | undefined, data: string): boolean {
  return line?.by === 'bot' && hasButton(line.content.keyboard, data)
}
