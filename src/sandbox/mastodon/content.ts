import type { Member } from './accounts.ts'
import { type Piece, piecesOf } from './pieces.ts'

/** Characters of a link that are shown (M text_formatter.rb). */
const SHOWN = 30

/** A status's text as the API gives it: paragraphs, links cut for the eye, `named` linked, everything else escaped. */
export function contentOf(text: string, origin: string, named: readonly Member[]): string {
  if (text === '') return ''
  const drawn = piecesOf(text.replaceAll('\r\n', '\n'))
    .map((piece) => draw(piece, origin, named))
    .join('')
  return drawn
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br />')}</p>`)
    .join('')
}

function draw(piece: Piece, origin: string, named: readonly Member[]): string {
  switch (piece.kind) {
    case 'link':
      return drawLink(piece.text)
    case 'hashtag':
      return `<a href="${tagUrl(piece.name, origin)}" class="mention hashtag" rel="tag">#<span>${escaped(piece.name)}</span></a>`
    case 'mention':
      return drawMention(piece, origin, named)
    case 'text':
      return escaped(piece.text)
  }
}

function drawMention(
  { text, user }: Extract<Piece, { kind: 'mention' }>,
  origin: string,
  named: readonly Member[],
): string {
  const found = named.find(({ username }) => username.toLowerCase() === user.toLowerCase())
  if (!found) return escaped(text)
  return `<span class="h-card" translate="no"><a href="${origin}/@${found.username}" class="u-url mention">@<span>${found.username}</span></a></span>`
}

function drawLink(url: string): string {
  const prefix = /^https?:\/\/(?:www\.)?/i.exec(url)?.[0] ?? ''
  const rest = Array.from(url.slice(prefix.length))
  const shown = escaped(rest.slice(0, SHOWN).join(''))
  const hidden = escaped(rest.slice(SHOWN).join(''))
  const shape = hidden === '' ? '' : 'ellipsis'
  return (
    `<a href="${escaped(url)}" target="_blank" rel="nofollow noopener" translate="no">` +
    `<span class="invisible">${prefix}</span><span class="${shape}">${shown}</span>` +
    `<span class="invisible">${hidden}</span></a>`
  )
}

/** Where the instance gathers a hashtag; names are compared without case and accents. */
export function tagUrl(name: string, origin: string): string {
  return `${origin}/tags/${encodeURIComponent(plain(name))}`
}

/** A hashtag's name without case and accents (M hashtag_normalizer.rb). */
export function plain(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign)
}
