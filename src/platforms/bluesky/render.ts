import type { Draft, Facet, Part, Segment } from '../../posts/post.ts'
import { imagesFor, warningsFor } from '../alt.ts'
import type { Limits } from '../platform.ts'
import { detect } from './detect.ts'
import { measure } from './measure.ts'

/** In UTF-16 units, end exclusive. */
interface Mark {
  kind: 'link' | 'hashtag' | 'mention'
  start: number
  end: number
  value: string
}

/**
 * A part as Bluesky takes it: text without styles, its links, hashtags and mentions as facets in bytes of UTF-8, sorted
 * and never overlapping. Nobody links addresses in plain words but us; an article's names are never mentions. The card
 * stays beside images, for where none of them can be had.
 */
export function render(part: Part, limits: Limits): Draft {
  const text = part.segments.map((segment) => segment.text).join('')
  const own = marksOf(part.segments)
  const others = detect(text).filter((one) =>
    own.every(({ start, end }) => one.end <= start || one.start >= end),
  )
  const facets = [...own, ...others].toSorted((a, b) => a.start - b.start)
  const { count, limit } = measure(text, limits)
  const { card, manner, language } = part
  const images = imagesFor(part.images, limits)
  return {
    text,
    facets: inBytes(text, facets),
    count,
    limit,
    language,
    card,
    images,
    manner,
    warnings: warningsFor(part.warnings, images),
  }
}

/** What the template made; pieces of one link that touch are one. */
function marksOf(segments: readonly Segment[]): Mark[] {
  const marks: Mark[] = []
  let start = 0
  for (const { text, link, hashtag, mention } of segments) {
    const end = start + text.length
    const before = marks.at(-1)
    if (link !== undefined && before?.end === start && before.value === link) before.end = end
    else if (link !== undefined) marks.push({ kind: 'link', start, end, value: link })
    else if (hashtag !== undefined) marks.push({ kind: 'hashtag', start, end, value: hashtag })
    else if (mention !== undefined) marks.push({ kind: 'mention', start, end, value: mention })
    start = end
  }
  return marks.filter((mark) => mark.start < mark.end)
}

function inBytes(text: string, facets: readonly Mark[]): Facet[] {
  const bytes = (at: number) => Buffer.byteLength(text.slice(0, at))
  return facets.map((one) => ({ ...one, start: bytes(one.start), end: bytes(one.end) }))
}
