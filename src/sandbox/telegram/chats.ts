import { botOf } from './accounts.ts'
import { cleaned } from './clean.ts'
import {
  type Change,
  changed,
  checkAge,
  checkContent,
  type Content,
  seconds,
  shownContent,
} from './content.ts'
import { detected } from './detect.ts'
import { type Keyboard } from './keyboard.ts'
import { chatWith, type Person, userOf } from './person.ts'
import { refused } from './refusals.ts'

/** A message of a private chat. */
export interface Line {
  id: number
  at: Date
  by: 'person' | 'bot'
  content: Content
  /** The message it answers. */
  replyTo: Line | null
  edits: number
  editedAt: Date | null
}

/** One person's private chat with the bot. */
export interface Room {
  person: Person
  blocked: boolean
  lines: Line[]
}

/** The private chats of one bot, their messages numbered together. */
export interface Chats {
  /** Those that were begun, oldest first. */
  rooms(): Room[]
  find(id: number): Room | null
  /** A person writes to the bot: whoever does so has started it, and blocks it no more. */
  say(person: Person, text: string, at: Date, replyTo?: number): { room: Room; line: Line }
  /** The chat that the bot may write to. Throws where the person never started it, or blocked it. */
  open(id: number): Room
  send(room: Room, content: Content, replyTo: Line | null, at: Date): Line
  edit(room: Room, messageId: number, change: Change, at: Date): Line
  /** Deletes a message of the bot's or the person's, while it is young enough. */
  remove(room: Room, messageId: number, at: Date): void
  /** A message as the Bot API shows it. */
  shown(room: Room, line: Line): Record<string, unknown>
}

/** A bot that lived before us: its next message has no small number. */
const FIRST_ID = 300

export function openChats(token: string): Chats {
  const rooms = new Map<number, Room>()
  let last = FIRST_ID

  const add = (room: Room, line: Omit<Line, 'id' | 'edits' | 'editedAt'>): Line => {
    last += 1
    const added = { id: last, edits: 0, editedAt: null, ...line }
    room.lines.push(added)
    return added
  }
  return {
    rooms: () => [...rooms.values()],
    find: (id) => rooms.get(id) ?? null,
    say: (person, text, at, answers) => {
      const content = said(text)
      const room = rooms.get(person.id) ?? { person, blocked: false, lines: [] }
      Object.assign(room, { person, blocked: false })
      rooms.set(person.id, room)
      const replyTo = room.lines.find(({ id }) => id === answers) ?? null
      return { room, line: add(room, { by: 'person', content, replyTo, at }) }
    },
    open: (id) => {
      const room = rooms.get(id)
      if (!room) throw refused('notStarted')
      if (room.blocked) throw refused('blocked')
      return room
    },
    send: (room, content, replyTo, at) => {
      checkContent(content)
      return add(room, { by: 'bot', content, replyTo, at })
    },
    edit: (room, messageId, change, at) => {
      const line = room.lines.find(({ id }) => id === messageId)
      if (!line) throw refused('noEdited')
      if (line.by !== 'bot') throw refused('notOurs')
      const content = changed(line.content, change)
      return Object.assign(line, { content, edits: line.edits + 1, editedAt: at })
    },
    remove: (room, messageId, at) => {
      const line = room.lines.find(({ id }) => id === messageId)
      if (!line) throw refused('noDeleted')
      checkAge(line.at, at)
      room.lines = room.lines.filter((one) => one !== line)
    },
    shown: ({ person }, line) => shownLine(person, line, token),
  }
}

function said(text: string): Content {
  const { text: clean } = cleaned({ text, entities: [] })
  const styled = { text: clean, entities: detected(clean) }
  return { styled, photo: null, preview: undefined, keyboard: [] }
}

function shownLine(person: Person, line: Line, token: string): Record<string, unknown> {
  const { id, at, by, content, replyTo, editedAt } = line
  return {
    message_id: id,
    from: by === 'bot' ? botOf(token) : userOf(person),
    chat: chatWith(person),
    date: seconds(at),
    ...(editedAt && { edit_date: seconds(editedAt) }),
    ...(replyTo && {
      reply_to_message: shownLine(person, { ...replyTo, replyTo: null }, token),
    }),
    ...shownContent(content),
  }
}

/** Whether a button sends this to the bot. */
export function hasButton(keyboard: Keyboard, data: string): boolean {
  return keyboard.flat().some(({ callback_data }) => callback_data === data)
}
