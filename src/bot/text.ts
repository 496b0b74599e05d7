/** What the bot says: plain text with its styles beside it, so that no title can be markup; and buttons below. */
export interface Said {
  text: string
  entities: Entity[]
  buttons: Button[][]
}

/** A style of part of the text; places in UTF-16 units. */
export type Entity = { offset: number; length: number } & (
  | { type: Style }
  | { type: 'text_link'; url: string }
)
type Style = 'bold' | 'italic' | 'blockquote'

export interface Button {
  text: string
  /** At most 64 bytes (Bot API, InlineKeyboardButton). */
  data: string
}

/** A piece of what is said: words of ours, or words in a style or leading somewhere. */
export type Piece = string | { words: string; as: Style | { link: string } | null }

/** Spec sendMessage: 4096 after parsing, counted in code points. */
const MOST = 4096
const TITLE = 200
/** A server takes at most 100 buttons, and eight in a row. */
const ROWS = 30
const ROW = 3
/** First strong isolate and its end: whatever direction is inside stays inside (Unicode TR 9). */
const FSI = '\u2068'
const PDI = '\u2069'

/** A stranger's words: without control characters, in an isolate of their own, clipped. */
export function stranger(
  words: string,
  as: Style | { link: string } | null = null,
  most = TITLE,
): Piece {
  return { words: `${FSI}${clip(clean(words), most)}${PDI}`, as }
}

/** Puts pieces together; where they are too much, what comes last is shortened and left out. */
export function say(pieces: readonly Piece[], buttons: readonly (readonly Button[])[] = []): Said {
  let text = ''
  let left = MOST
  const entities: Entity[] = []
  for (const piece of pieces) {
    if (left <= 0) break
    const { words, as } = typeof piece === 'string' ? { words: piece, as: null } : piece
    const fit = fitted(words, left)
    if (as !== null && fit.trim() !== '') {
      const place = { offset: text.length, length: fit.length }
      entities.push(
        typeof as === 'string'
          ? { type: as, ...place }
          : { type: 'text_link', url: as.link, ...place },
      )
    }
    text += fit
    left = fit === words ? left - Array.from(words).length : 0
  }
  const end = text.trimEnd()
  return { text: end, entities: within(entities, end.length), buttons: rowsOf(buttons) }
}

/** What of the words there is room for, with what holds them together. */
function fitted(words: string, left: number): string {
  if (Array.from(words).length <= left) return words
  const held = words.endsWith(PDI)
  return `${clip(held ? words.slice(0, -1) : words, left - (held ? 2 : 1))}${held ? PDI : ''}`
}

function rowsOf(buttons: readonly (readonly Button[])[]): Button[][] {
  return buttons
    .map((row) => row.slice(0, ROW))
    .filter((row) => row.length > 0)
    .slice(0, ROWS)
}

/** Styles may not go past the end of the text. */
function within(entities: readonly Entity[], end: number): Entity[] {
  return entities
    .map((entity) => ({ ...entity, length: Math.min(entity.length, end - entity.offset) }))
    .filter(({ length }) => length > 0)
}

/** One line of somebody's words, or several where line breaks matter: nothing that acts on a screen. */
export function clean(words: string): string {
  return words
    .toWellFormed()
    .replaceAll(/[\p{Cc}--[\n]]+/gv, ' ')
    .replaceAll(/[\u061c\u2028-\u202e\u2066-\u2069\u200e\u200f]/g, '')
    .trim()
}

/** At most so many code points, never within a character that a reader sees as one. */
function clip(words: string, most: number): string {
  const points = Array.from(words.slice(0, most * 4))
  if (points.length <= most) return words.length > most * 4 ? `${points.join('')}…` : words
  const start = points.slice(0, most).join('')
  const segments = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(start)]
  return `${segments
    .slice(0, -1)
    .map(({ segment }) => segment)
    .join('')}…`
}
