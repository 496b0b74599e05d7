import type { Bot } from './bot.ts'
import type { Line, Room } from './chats.ts'
import type { Entity } from './clean.ts'
import type { Person } from './person.ts'

/** A private chat as the person sees it. */
export interface ShownChat {
  user: Person
  /** The bot's number. */
  bot: number
  blocked: boolean
  /** Oldest first. */
  messages: ShownMessage[]
}

/** A message as it stands now. */
export interface ShownMessage {
  message_id: number
  by: 'person' | 'bot'
  text: string
  entities: Entity[]
  buttons: ({ text: string; data: string } | { text: string; url: string })[][]
  edits: number
  reply_to: number | null
}

export function shownChat({ id }: Bot, { person, blocked, lines }: Room): ShownChat {
  return { user: person, bot: id, blocked, messages: lines.map(shownMessage) }
}

function shownMessage({ id, by, content, replyTo, edits }: Line): ShownMessage {
  const { styled, keyboard } = content
  return {
    message_id: id,
    by,
    text: styled.text,
    entities: styled.entities,
    buttons: keyboard.map((row) =>
      row.map(({ text, callback_data, url = '' }) =>
        callback_data === undefined ? { text, url } : { text, data: callback_data },
      ),
    ),
    edits,
    reply_to: replyTo?.id ?? null,
  }
}
