import { webAddressOrNull } from '../net/address.ts'
import type { Message } from './update.ts'

/**
 * The web addresses in a message, each once: as Telegram itself finds them in the text or the caption, links behind
 * words included (Spec MessageEntity `url`, `text_link`); where it finds none, whatever is written as one.
 */
export function linksIn({ text, entities, caption, caption_entities }: Message): string[] {
  const written = text ?? caption ?? ''
  const found = (text === undefined ? caption_entities : entities).flatMap(
    ({ type, offset, length, url }) => {
      if (type === 'text_link') return [url]
      return type === 'url' ? [written.slice(offset, offset + length)] : []
    },
  )
  const words =
    found.length > 0 ? found : written.split(/\s+/).filter((word) => /^https?:/i.test(word))
  return [...new Set(words.map(addressOf))].filter((address) => address !== null)
}

/** Telegram takes `journal.example/article` for a link too. */
function addressOf(word = ''): string | null {
  return (
    webAddressOrNull(word) ?? (word.includes('://') ? null : webAddressOrNull(`https://${word}`))
  )
}
