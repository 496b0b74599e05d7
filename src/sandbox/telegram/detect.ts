import type { Entity } from './clean.ts'

/** What the server finds by itself in a text, each with its pattern (TD MessageEntity.cpp find_entities), roughly: no bare domains. */
const FOUND: Record<string, RegExp> = {
  bot_command: /(?<![\w/<>])\/\w{1,64}(?:@\w{3,32})?(?![\w/<>])/g,
  url: /(?<![\p{L}\p{N}])https?:\/\/[^\s<>"«»]+/giu,
  hashtag: /(?<![\p{L}\p{Nd}_·\u200c#])#(?=[\p{Nd}_·]*\p{L})[\p{L}\p{Nd}_·\u200c]{1,256}(?!#)/gu,
  mention: /(?<![\w@])@\w{4,32}(?!\w)/g,
}

/** The entities that the server adds to a text, where none of `given` stands; `offset` in UTF-16 units. */
export function detected(text: string, given: readonly Entity[] = []): Entity[] {
  const found = [...given]
  for (const [type, pattern] of Object.entries(FOUND))
    for (const { index, 0: match } of text.matchAll(pattern)) {
      const length = type === 'url' ? urlLength(match) : match.length
      if (!found.some((other) => overlaps(other, index, index + length)))
        found.push({ type, offset: index, length })
    }
  return found.toSorted((a, b) => a.offset - b.offset || b.length - a.length)
}

const LINKS = new Set(['text_link', 'url', 'hashtag', 'mention', 'bot_command', 'code', 'pre'])

function overlaps({ type, offset, length }: Entity, start: number, end: number): boolean {
  return LINKS.has(type) && offset < end && offset + length > start
}

/** An address does not end in a sign of punctuation, nor in a bracket that was opened before it. */
function urlLength(match: string): number {
  const trimmed = match.replace(/[.:;,('?!`]+$/, '')
  return /[)\]}]$/.test(trimmed) && !/[([{]/.test(trimmed) ? trimmed.length - 1 : trimmed.length
}
