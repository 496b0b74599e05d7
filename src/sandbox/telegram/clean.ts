import { refused } from './refusals.ts'

/** A styled run of a message; `offset` and `length` in UTF-16 units. */
export interface Entity {
  type: string
  offset: number
  length: number
  url?: string
  language?: string
}

export interface Styled {
  text: string
  entities: Entity[]
}

/** At most so many entities; the rest is silently left unstyled (rubenlagus/TelegramBots#854). */
const MOST_ENTITIES = 100

/**
 * A text as the server keeps it, its entities moved along (TDLib misc.cpp clean_input_string, MessageEntity.cpp
 * fix_formatted_text). Throws where an entity splits a character or leaves the text, or nothing is left.
 */
export function cleaned({ text, entities }: Styled): Styled {
  checkPlaces(text, entities)
  const moved: number[] = []
  let clean = ''
  for (const sign of text) {
    const kept = keptOf(sign)
    for (let unit = 0; unit < sign.length; unit += 1) moved.push(clean.length)
    clean += kept
  }
  moved.push(clean.length)
  const placed = sorted(entities).map((entity) => between(entity, moved))
  return trimmed(withoutRuns(clean), placed)
}

function checkPlaces(text: string, entities: readonly Entity[]): void {
  for (const { offset, length } of entities) {
    if (offset < 0) throw refused('badPlace', `receive an entity with incorrect offset ${offset}`)
    if (length < 0) throw refused('badPlace', `receive an entity with incorrect length ${length}`)
    const end = offset + length
    if (offset > text.length) throw refused('badPlace', beyond('entity begins', end - length))
    if (end > text.length) throw refused('badPlace', beyond(`${startingAt(offset)} ends`, end))
    if (splits(text, offset)) throw refused('badPlace', `entity begins ${within(text, offset)}`)
    if (splits(text, end))
      throw refused('badPlace', `${startingAt(offset)} ends ${within(text, end)}`)
  }
}

const startingAt = (offset: number) => `entity beginning at UTF-16 offset ${offset}`
const beyond = (what: string, at: number) =>
  `${what} after the end of the text at UTF-16 offset ${at}`

function within(text: string, at: number): string {
  return `in a middle of a UTF-16 symbol at byte offset ${Buffer.byteLength(text.slice(0, at + 1))}`
}

/** True between the two halves of a surrogate pair. */
function splits(text: string, at: number): boolean {
  return at > 0 && (text.codePointAt(at - 1) ?? 0) > 0xffff
}

const REMOVED = new Set([0x0d, 0x030a, 0x0333, 0x033f])

function keptOf(sign: string): string {
  const code = sign.codePointAt(0) ?? 0
  if (REMOVED.has(code) || (code >= 0x2028 && code <= 0x202e)) return ''
  return code < 0x20 && code !== 0x0a ? ' ' : sign
}

/** Of direction marks in a row all but the last become U+200C. */
function withoutRuns(text: string): string {
  return text.replace(/[\u200e\u200f]+(?=[\u200e\u200f])/g, (run) => '\u200c'.repeat(run.length))
}

function sorted(entities: readonly Entity[]): Entity[] {
  return entities
    .filter(({ length }) => length > 0)
    .toSorted((a, b) => a.offset - b.offset || b.length - a.length)
    .slice(0, MOST_ENTITIES)
}

function between(entity: Entity, moved: readonly number[]): Entity {
  const offset = moved[entity.offset] ?? 0
  return { ...entity, offset, length: (moved[entity.offset + entity.length] ?? offset) - offset }
}

/** Blanks and line feeds go at the end, and at the beginning up to the first entity. */
function trimmed(text: string, entities: readonly Entity[]): Styled {
  const styled = entities.filter(({ offset, length }) => /[^ \n]/.test(text.substr(offset, length)))
  const end = text.search(/[ \n]*$/)
  const blanks = text.search(/[^ \n]|$/)
  const start = Math.min(blanks, ...styled.map(({ offset }) => offset))
  if (end <= start) throw refused('blankText')
  return {
    text: text.slice(start, end),
    entities: styled.map((entity) => ({
      ...entity,
      offset: entity.offset - start,
      length: Math.min(entity.offset + entity.length, end) - entity.offset,
    })),
  }
}
