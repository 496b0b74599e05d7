import type { Draft, Facet, Part, Segment } from '../../posts/post.ts'
import { withoutMentions } from '../mention.ts'
import type { Limits } from '../platform.ts'
import { linksIn } from './links.ts'
import { measure } from './measure.ts'

/**
 * A part as Mastodon takes it: plain text, in which a named link is its address. Facets say what the server will
 * make of it, in UTF-16 units, for whoever shows or looks for the post.
 */
export function render(part: Part, limits: Limits): Draft {
  const text = written(part.segments)
  const { count, limit } = measure(text, limits)
  const { card, images, manner, language, warnings } = part
  return { text, facets: facetsOf(text), count, limit, language, card, images, manner, warnings }
}

function written(segments: readonly Segment[]): string {
  let text = ''
  let before: string | undefined
  for (const { text: own, link } of segments) {
    const repeated = link !== undefined && link === before
    const piece =
      link ??
      withoutMentions(
        own,
        linksIn(own).filter(({ bare }) => !bare),
      )
    if (!repeated) text += (touches(text, piece, link, before) ? ' ' : '') + piece
    if (piece !== '') before = link
  }
  return text
}

/** Whether two pieces, one of them a link, would read as one word: the server would see no link, or another. */
function touches(text: string, piece: string, link?: string, before?: string): boolean {
  if (before !== undefined) return /^[^\s.,;:!?"')\]<>]/u.test(piece)
  return link !== undefined && /[\p{L}\p{M}\p{N}@＠$#＃]$/u.test(text)
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
