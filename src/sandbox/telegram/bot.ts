import { botOf, type Chat, type Place } from './accounts.ts'
import { type Chats, openChats } from './chats.ts'
import { type Commands, openCommands } from './commands.ts'
import { textOf } from './parameters.ts'
import { openQueries, type Queries } from './queries.ts'
import { refused } from './refusals.ts'
import { openUpdates, type Updates } from './updates.ts'

/** One bot: its channels, its private chats, and what it has still to hear. */
export interface Bot {
  token: string
  id: number
  places: readonly Place[]
  chats: Chats
  updates: Updates
  queries: Queries
  commands: Commands
}

export function openBot(token: string, places: readonly Place[], nextUpdate: () => number): Bot {
  const chats = openChats(token)
  const bot = {
    token,
    id: botOf(token).id,
    places,
    chats,
    updates: openUpdates(nextUpdate),
    queries: openQueries(),
  }
  const commands = openCommands((chatId) => {
    if (!chats.find(Number(chatId))) placeIn(bot, { chat_id: chatId })
  })
  return { ...bot, commands }
}

/** The channel that `chat_id` names: by number or, without regard to case, by @name. */
export function placeIn(
  { places }: Pick<Bot, 'places'>,
  parameters: Record<string, unknown>,
): Place {
  const name = textOf(parameters, 'chat_id').trim().toLowerCase()
  if (name === '') throw refused('noChatId')
  const found = places.find(({ chat }) => String(chat.id) === name || isNamed(chat, name))
  if (!found) throw refused('noChat')
  if (found.rights === 'kicked') throw refused('kicked')
  return found
}

/** Whether a channel has this name, `@…` or not. */
export function isNamed({ username }: Chat, name: string): boolean {
  return username?.toLowerCase() === name.replace(/^@/, '').toLowerCase()
}

/** The number of the person that `chat_id` names; null where it names no person. */
export function personIn(parameters: Record<string, unknown>): number | null {
  const id = textOf(parameters, 'chat_id').trim()
  return /^\d{1,16}$/.test(id) ? Number(id) : null
}
