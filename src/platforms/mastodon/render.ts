import type { Draft, Facet, Part, Segment } from '../../posts/post.ts'
import { imagesFor, warningsFor } from '../alt.ts'
import { withoutMentions } from '../mention.ts'
import type { Limits } from '../platform.ts'
import { linksIn } from './links.ts'
import { measure } from './measure.ts'

/**
 * A part as Mastodon takes it: plain text, in which a named link is its address. Facets say what the server will
 * make of it, in UTF-16 units, for whoever shows or looks for the post. The server makes no card beside media, nor
 * without a link.
 */
export function render(part: Part, limits: Limits): Draft {
  const { text, mentions } = written(part.segments)
  const { manner, language } = part
  const { count, limit } = measure(text, limits, manner.contentWarning)
  const images = imagesFor(part.images, limits)
  const warnings = warningsFor(part.warnings, images)
  const facets = [...facetsOf(text), ...mentions].toSorted((a, b) => a.start - b.start)
  const card = images.length === 0 && leads(part, text, facets) ? part.card : null
  return { text, facets, count, limit, language, card, images, manner, warnings }
}

/** An address of this machine is no link to a server; written out it leads there all the same, as in the sandbox. */
function leads({ card }: Part, text: string, facets: readonly Facet[]): boolean {
  return facets.some(({ kind }) => kind === 'link') || (card !== null && text.includes(card.url))
}

function written(segments: readonly Segment[]): { text: string; mentions: Facet[] } {
  let text = ''
  const mentions: Facet[] = []
  let before: Segment | undefined
  for (const segment of segments) {
    const { link, mention } = segment
    const piece = pieceOf(segment)
    const repeated = link !== undefined && link === before?.link
    if (!repeated) text += (touches(text, piece, segment, before) ? ' ' : '') + piece
    if (mention !== undefined && link === undefined && piece !== '') {
      const end = text.length
      mentions.push({ kind: 'mention', start: end - piece.length, end, value: mention })
    }
    if (piece !== '') before = segment
  }
  return { text, mentions }
}

function pieceOf({ text, link, mention }: Segment): string {
  if (link !== undefined || mention !== undefined) return link ?? text
  return withoutMentions(
    text,
    linksIn(text).filter(({ bare }) => !bare),
  )
}

/** Whether two pieces, one of them a link or a mention, would read as one word: the server would see another, or none. */
function touches(text: string, piece: string, own: Segment, before?: Segment): boolean {
  if (before?.link !== undefined && !/^[.,;:!?"')\]<>]*(?:\s|$)/u.test(piece)) return true
  if (before?.mention !== undefined && /^(?:[.-]*[\p{L}\p{M}\p{N}_]|@)/u.test(piece)) return true
  if (own.link !== undefined) return /[\p{L}\p{M}\p{N}@＠$#＃]$/u.test(text) || isAddress(text)
  return own.mention !== undefined && /[\p{L}\p{M}\p{N}_/=]$/u.test(text)
}

/** Whether a text ends with an address of its own, which would go on in what follows. */
function isAddress(text: string): boolean {
  const scheme = text.lastIndexOf('://')
  return scheme !== -1 && !/\s/u.test(text.slice(scheme))
}

/** Since Mastodon 4.6 a hashtag stands at a line's start or behind white space (tag.rb). */
const HASHTAG =
  /(?<!\S)[#＃](?<name>[\p{L}\p{M}\p{Nd}_](?:[\p{L}\p{M}\p{Nd}_·・\u200c]*[\p{L}\p{M}\p{Nd}_])?)/gu

function facetsOf(text: string): Facet[] {
  const links = linksIn(text)
    .filter(({ bare }) => !bare)
    .map(({ start, end }): Facet => ({ kind: 'link', start, end, value: text.slice(start, end) }))
  const hashtags = [...text.matchAll(HASHTAG)]
    .filter(([whole]) => /\p{L}/u.test(whole))
    .map(({ index, 0: whole }): Facet => {
      return { kind: 'hashtag', start: index, end: index + whole.length, value: whole.slice(1) }
    })
  return [...links, ...hashtags].toSorted((a, b) => a.start - b.start)
}
