import type { Entity, Styled } from './clean.ts'
import { refused } from './refusals.ts'

/** What each tag becomes (TDLib MessageEntity.cpp parse_html); any other is refused. */
const TYPES: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  a: 'text_link',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
}

interface Open {
  tag: string
  offset: number
  attributes: Record<string, string>
}

/** Text and entities of Telegram's own markup, which is stricter than HTML. Throws `can't parse entities: …`. */
export function parseMarkup(markup: string): Styled {
  const open: Open[] = []
  const entities: Entity[] = []
  let text = ''
  let at = 0
  while (at < markup.length) {
    const sign = markup[at]
    if (sign === '<' && markup[at + 1] === '/') {
      at = endTag(markup, at, { open, entities, text })
    } else if (sign === '<') {
      const { tag, attributes, end } = startTag(markup, at)
      open.push({ tag, attributes, offset: text.length })
      at = end
    } else {
      const { decoded, length } = decode(markup, at)
      text += decoded
      at += length
    }
  }
  const last = open.at(-1)
  if (last)
    throw refused('badMarkup', `Can't find end tag corresponding to start tag "${last.tag}"`)
  return { text, entities }
}

/** Takes the tag at `at` off the stack; returns where the text goes on. A bare `</>` closes the innermost. */
function endTag(
  markup: string,
  at: number,
  { open, entities, text }: { open: Open[]; entities: Entity[]; text: string },
): number {
  const close = markup.indexOf('>', at)
  if (close < 0) throw refused('badMarkup', `Unclosed end tag at byte offset ${byteOf(markup, at)}`)
  const name = markup
    .slice(at + 2, close)
    .trim()
    .toLowerCase()
  const last = open.pop()
  if (!last) throw refused('badMarkup', `Unexpected end tag at byte offset ${byteOf(markup, at)}`)
  if (name !== '' && name !== last.tag)
    throw refused(
      'badMarkup',
      `Unmatched end tag at byte offset ${byteOf(markup, at)}, expected "</${last.tag}>", found "</${name}>"`,
    )
  const entity = entityOf(last, text.slice(last.offset))
  if (entity) entities.push(entity)
  return close + 1
}

function entityOf({ tag, offset, attributes }: Open, inner: string): Entity | null {
  const type = TYPES[tag] ?? tag
  const place = { offset, length: inner.length }
  if (type === 'text_link') return { type, url: attributes['href'] ?? inner, ...place }
  const language =
    tag === 'code' ? /^language-(.+)$/.exec(attributes['class'] ?? '')?.[1] : undefined
  return { type, ...(language !== undefined && { language }), ...place }
}

/** The tag that begins at `at`, with what stands in it and where the text goes on. */
function startTag(markup: string, at: number) {
  const unclosed = () =>
    refused('badMarkup', `Unclosed start tag at byte offset ${byteOf(markup, at)}`)
  let cursor = at + 1
  const until = (stop: (sign: string) => boolean) => {
    const from = cursor
    while (cursor < markup.length && !stop(markup.charAt(cursor))) cursor += 1
    if (cursor === markup.length) throw unclosed()
    return markup.slice(from, cursor)
  }
  const tag = until((sign) => isBlank(sign) || sign === '>').toLowerCase()
  const attributes: Record<string, string> = {}
  for (;;) {
    until((sign) => !isBlank(sign))
    if (markup[cursor] === '>') break
    const name = until((sign) => isBlank(sign) || sign === '=' || sign === '>').toLowerCase()
    until((sign) => !isBlank(sign))
    if (markup[cursor] !== '=') {
      attributes[name] = ''
      continue
    }
    cursor += 1
    until((sign) => !isBlank(sign))
    const quote = markup.charAt(cursor)
    const quoted = quote === '"' || quote === "'"
    if (quoted) cursor += 1
    const raw = until((sign) => (quoted ? sign === quote : isBlank(sign) || sign === '>'))
    if (quoted) cursor += 1
    attributes[name] = decodeAll(raw)
  }
  if (!(tag in TYPES) || (tag === 'span' && attributes['class'] !== 'tg-spoiler'))
    throw refused(
      'badMarkup',
      `Unsupported start tag "${tag}" at byte offset ${byteOf(markup, at)}`,
    )
  return { tag, attributes, end: cursor + 1 }
}

const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }

/** One character of the text; only four named entities are known, and every numeric one. */
function decode(markup: string, at: number): { decoded: string; length: number } {
  const written = /^&(?:#(\d+)|#x([\da-f]+)|(\w+));?/i.exec(markup.slice(at, at + 12))
  const [whole = '', decimal, hexadecimal, name = ''] = written ?? []
  const code = decimal ? parseInt(decimal, 10) : parseInt(hexadecimal ?? '', 16)
  if (code > 0 && code < 0x10ffff)
    return { decoded: String.fromCodePoint(code), length: whole.length }
  const named = NAMED[name]
  if (named !== undefined) return { decoded: named, length: whole.length }
  return { decoded: markup.charAt(at), length: 1 }
}

function decodeAll(raw: string): string {
  let text = ''
  for (let at = 0; at < raw.length;) {
    const { decoded, length } = decode(raw, at)
    text += decoded
    at += length
  }
  return text
}

const isBlank = (sign: string) => /\s/.test(sign)
const byteOf = (markup: string, at: number) => Buffer.byteLength(markup.slice(0, at))
