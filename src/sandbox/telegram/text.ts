import { cleaned, type Entity, type Styled } from './clean.ts'
import { parseMarkup } from './markup.ts'
import { entitiesOf, textOf } from './parameters.ts'
import { refused } from './refusals.ts'

/** Raw text with markup, in bytes (BA Client.cpp get_formatted_text). */
const LONGEST_MARKUP = 32_768
/** Code points after parsing and cleaning (TD MessageContent.cpp). */
const LONGEST_TEXT = 4096
/** About so many characters of addresses and styles (tdlib/telegram-bot-api#165). */
const LONGEST_ENTITIES = 9500

/** The message that `text` with `parse_mode` or `entities` makes. Throws what the server refuses. */
export function messageText(parameters: Record<string, unknown>): Styled {
  const text = textOf(parameters, 'text')
  if (text === '') throw refused('noText')
  if (Buffer.byteLength(text) > LONGEST_MARKUP) throw refused('longMarkup')
  const given = styledBy(textOf(parameters, 'parse_mode').toLowerCase(), text, parameters)
  return cleaned({ text: given.text, entities: given.entities.flatMap(usable) })
}

/** What the server behind the Bot API refuses once it knows the channel. */
export function checkLength({ text, entities }: Styled): void {
  if (Array.from(text).length > LONGEST_TEXT) throw refused('longText')
  const weight = entities.reduce((sum, { url = '' }) => sum + url.length + 20, 0)
  if (weight > LONGEST_ENTITIES) throw refused('longEntities')
}

function styledBy(mode: string, text: string, parameters: Record<string, unknown>): Styled {
  if (mode === 'html') return parseMarkup(text)
  if (mode !== '' && mode !== 'none') throw refused('badMode')
  return { text, entities: entitiesOf(parameters) }
}

/** A link with an unusable address loses its link, the text stays (TD MessageEntity.cpp). */
function usable(entity: Entity): Entity[] {
  if (entity.type !== 'text_link') return [entity]
  const written = entity.url?.trim() ?? ''
  const url = /^[a-z][a-z\d+.-]*:/i.test(written) ? written : `http://${written}`
  if (!URL.canParse(url) || !/^(https?|tg|ton|tonsite):/i.test(url)) return []
  return [{ ...entity, url: new URL(url).href }]
}
