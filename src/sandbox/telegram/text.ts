import { cleaned, type Entity, type Styled } from './clean.ts'
import { parseMarkup } from './markup.ts'
import { entitiesOf, textOf } from './parameters.ts'
import { refused } from './refusals.ts'

/** Raw text with markup, in bytes (BA Client.cpp get_formatted_text). */
const LONGEST_MARKUP = 32_768
/** Code points after parsing and cleaning (TD MessageContent.cpp). */
const LONGEST = { text: 4096, caption: 1024 }
/** About so many characters of addresses and styles (tdlib/telegram-bot-api#165). */
const LONGEST_ENTITIES = 9500

/** The message that `text` with `parse_mode` or `entities` makes. Throws what the server refuses. */
export function messageText(parameters: Record<string, unknown>): Styled {
  const text = textOf(parameters, 'text')
  if (text === '') throw refused('noText')
  if (Buffer.byteLength(text) > LONGEST_MARKUP) throw refused('longMarkup')
  return styled(text, parameters, 'entities')
}

/** The caption that `caption` with `parse_mode` or `caption_entities` makes; there may be none. */
export function captionText(parameters: Record<string, unknown>): Styled {
  const text = textOf(parameters, 'caption')
  if (Buffer.byteLength(text) > LONGEST_MARKUP) throw refused('longMarkup')
  if (!/[^ \n\r\t]/.test(text)) return { text: '', entities: [] }
  return styled(text, parameters, 'caption_entities')
}

function styled(text: string, parameters: Record<string, unknown>, named: string): Styled {
  const mode = textOf(parameters, 'parse_mode').toLowerCase()
  const given = styledBy(mode, text, () => entitiesOf(parameters, named))
  return cleaned({ text: given.text, entities: given.entities.flatMap(usable) })
}

/** What the server behind the Bot API refuses once it knows the channel. */
export function checkLength({ text, entities }: Styled, as: 'text' | 'caption'): void {
  if (Array.from(text).length > LONGEST[as])
    throw refused(as === 'text' ? 'longText' : 'longCaption')
  const weight = entities.reduce((sum, { url = '' }) => sum + url.length + 20, 0)
  if (weight > LONGEST_ENTITIES) throw refused('longEntities')
}

function styledBy(mode: string, text: string, entities: () => Entity[]): Styled {
  if (mode === 'html') return parseMarkup(text)
  if (mode !== '' && mode !== 'none') throw refused('badMode')
  return { text, entities: entities() }
}

/** A link with an unusable address loses its link, the text stays (TD MessageEntity.cpp). */
function usable(entity: Entity): Entity[] {
  if (entity.type !== 'text_link') return [entity]
  const written = entity.url?.trim() ?? ''
  const url = /^[a-z][a-z\d+.-]*:/i.test(written) ? written : `http://${written}`
  if (!URL.canParse(url) || !/^(https?|tg|ton|tonsite):/i.test(url)) return []
  return [{ ...entity, url: new URL(url).href }]
}
