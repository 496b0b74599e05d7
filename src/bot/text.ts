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

/** A stranger's words: without control characters, in an isolate of their own, clipped. */
export function stranger(
  words: string,
  as: Style | { link: string } | null = null,
  most = TITLE,
): Piece {
  return { words: `\u2068${clip(clean(words), most)}\u2069`, as }
}

/** Puts pieces together; where they are too much, what comes last is left out. */
export function say(pieces: readonly Piece[], buttons: readonly (readonly Button[])[] = []): Said {
  let text = ''
  let left = MOST
  const entities: Entity[] = []
  for (const piece of pieces) {
    const words = typeof piece === 'string' ? piece : piece.words
    const size = Array.from(words).length
    if (size > left) {
      text += '…'
      break
    }
    if (typeof piece !== 'string' && piece.as !== null && words.trim() !== '') {
      const place = { offset: text.length, length: words.length }
      entities.push(
        typeof piece.as === 'string'
          ? { type: piece.as, ...place }
          : { type: 'text_link', url: piece.as.link, ...place },
      )
    }
    text += words
    left -= size + (left === MOST ? 1 : 0) // room for the last «…»
  }
  const rows = buttons.map((row) => [...row]).filter((row) => row.length > 0)
  return { text: text.trimEnd(), entities: fitting(entities, text.trimEnd().length), buttons: rows }
}

/** Styles may not go past the end of the text. */
function fitting(entities: readonly Entity[], end: number): Entity[] {
  return entities
    .map((entity) => ({ ...entity, length: Math.min(entity.length, end - entity.offset) }))
    .filter(({ length }) => length > 0)
}

/** One line of somebody's words, or several where line breaks matter: nothing that acts on a screen. */
function clean(words: string): string {
  return words
    .replaceAll(/[\p{Cc}--[\n]]+/gv, ' ')
    .replaceAll(/[\u2028-\u202e\u2066-\u2069\u200e\u200f]/g, '')
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
