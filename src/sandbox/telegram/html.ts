import type { Entity, Styled } from './clean.ts'
import { detected } from './detect.ts'

/** A text as it stands in HTML, in attributes too. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** A message's text as the public page shows it: styles, links and hashtags as elements, `<br/>` for a line feed. */
export function textHtml({ text, entities }: Styled): string {
  return nested(text, { start: 0, end: text.length }, detected(text, entities))
}

/** Entities that cross are cut where the outer one ends, as TDLib does. */
function nested(
  text: string,
  { start, end }: { start: number; end: number },
  entities: readonly Entity[],
): string {
  let html = ''
  let at = start
  let rest = entities
  for (let next = rest[0]; next !== undefined; next = rest[0]) {
    const from = Math.max(next.offset, at)
    const to = Math.min(next.offset + next.length, end)
    const others = rest.slice(1)
    rest = others.filter(({ offset, length }) => offset + length > to)
    if (from >= to) continue
    const inner = others.filter(({ offset }) => offset < to)
    const within = nested(text, { start: from, end: to }, inner)
    html += plain(text.slice(at, from)) + element(next, text.slice(from, to), within)
    at = to
  }
  return html + plain(text.slice(at, end))
}

const EMOJI = /\p{Extended_Pictographic}\ufe0f?(?:\u200d\p{Extended_Pictographic}\ufe0f?)*/gu

const plain = (text: string) =>
  escapeHtml(text)
    .replaceAll('\n', '<br/>')
    .replace(EMOJI, (sign) => `<i class="emoji"><b>${sign}</b></i>`)

const TAGS: Record<string, string> = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  spoiler: 'tg-spoiler',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
}

const ASK = `onclick="return confirm('Open this link?\\n\\n'+this.href);"`

function element({ type, url = '' }: Entity, text: string, inner: string): string {
  const out = 'target="_blank" rel="noopener"'
  switch (type) {
    case 'text_link':
      // twice escaped, as on the real page where a link asks first
      return `<a href="${escapeHtml(escapeHtml(url))}" ${out} ${ASK}>${inner}</a>`
    case 'url':
      return `<a href="${escapeHtml(text)}" ${out}>${inner}</a>`
    case 'mention':
      return `<a href="https://t.me/${escapeHtml(text.slice(1))}" target="_blank">${inner}</a>`
    case 'hashtag':
      return `<a href="?q=${encodeURIComponent(text)}">${inner}</a>`
    default: {
      const tag = TAGS[type]
      return tag === undefined ? inner : `<${tag}>${inner}</${tag}>`
    }
  }
}

/** A number as the page shows it: three digits and K or M («1.2K», «55.2K», «1.5M»), never rounded up. */
export function shortCount(count: number): string {
  if (count < 1000) return String(count)
  const [unit, sign] = count < 1_000_000 ? [1000, 'K'] : [1_000_000, 'M']
  const digits = Math.max(3 - String(Math.floor(count / Number(unit))).length, 0)
  const scale = 10 ** digits
  return `${Math.floor((count * scale) / Number(unit)) / scale}${sign}`
}
