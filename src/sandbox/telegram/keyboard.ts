import { z } from 'zod'
import { structure } from './parameters.ts'
import { refused } from './refusals.ts'

/** A button under a message: it sends `callback_data` to the bot, or opens `url`. */
export interface Button {
  text: string
  callback_data?: string
  url?: string
}
export type Keyboard = Button[][]

/** Bytes of UTF-8 (Spec InlineKeyboardButton). */
const LONGEST_DATA = 64
const MOST_BUTTONS = 100

const markup = z.looseObject({ inline_keyboard: z.unknown().optional() })
const button = z.object({
  text: z.string(),
  callback_data: z.string().exactOptional(),
  url: z.string().exactOptional(),
})

/** The rows of `reply_markup`, none where it is not given. Throws what the server cannot read. */
export function keyboardOf(parameters: Record<string, unknown>): Keyboard {
  const value = structure(parameters, 'reply_markup', 'reply keyboard markup')
  if (value === undefined) return []
  const { data } = markup.safeParse(value)
  if (!data) throw refused('badMarkupObject')
  const rows = data.inline_keyboard ?? []
  if (!Array.isArray(rows) || !rows.every((row) => Array.isArray(row))) throw refused('badKeyboard')
  return rows.map((row) => row.map(buttonOf)).filter((row) => row.length > 0)
}

function buttonOf(value: unknown): Button {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refused('badButton', 'InlineKeyboardButton must be an Object')
  const { data, error } = button.safeParse(value)
  if (!data) {
    const field = String(error.issues[0]?.path[0])
    throw refused(
      'badButton',
      field in value ? `Field "${field}" must be of type String` : `Can't find field "${field}"`,
    )
  }
  const { text, url = '', callback_data = '' } = data
  if (url !== '') return { text, url }
  if (callback_data !== '') return { text, callback_data }
  throw refused('badButton', 'Text buttons are unallowed in the inline keyboard')
}

/** What the server refuses of a keyboard once it knows the chat. */
export function checkKeyboard(keyboard: Keyboard): void {
  const buttons = keyboard.flat()
  for (const { callback_data = 'none', url } of buttons) {
    if (url !== undefined && !isPublic(url)) throw refused('badButtonUrl', url)
    if (Buffer.byteLength(callback_data) > LONGEST_DATA) throw refused('badButtonData')
  }
  if (buttons.length > MOST_BUTTONS) throw refused('longKeyboard')
}

/** A host needs a dot: no button opens `http://localhost` (TD LinkManager.cpp check_link_impl). */
function isPublic(address: string): boolean {
  const url = /^[a-z][a-z\d+.-]*:/i.test(address) ? address : `http://${address}`
  if (/^(tg|ton):/i.test(url)) return true
  return /^https?:/i.test(url) && URL.canParse(url) && /[.:]/.test(new URL(url).hostname)
}
