import type { Draft, Facet, Part, Segment, Warning } from '../../posts/post.ts'
import { warningsFor } from '../alt.ts'
import { withoutMentions } from '../mention.ts'
import type { Limits } from '../platform.ts'
import { withoutTail } from '../tail.ts'
import { clean, measure } from './measure.ts'

/**
 * A part as Telegram takes it: the text as the server will have cleaned it, composed (NFC, since the server drops
 * some combining marks), with styles, links, hashtags and mentions as facets in UTF-16 units. A picture only where the text
 * fits under it: a longer one is worth more than the picture.
 */
export function render(part: Part, limits: Limits): Draft {
  let text = ''
  const facets: Facet[] = []
  for (const segment of part.segments) {
    const start = text.length
    text += written(segment)
    const end = text.length
    if (end > start) for (const facet of facetsOf(segment, start, end)) add(facets, facet)
  }
  const trimmed = trim(text, facets)
  const { count, limit } = measure(trimmed.text, limits)
  const { caption = limit } = limits
  const pictures = part.images.slice(0, limits.images ?? 0)
  const images = count <= caption ? pictures : []
  const { card, manner, language } = part
  const left = pictures.slice(images.length)
  return {
    ...trimmed,
    count,
    limit: images.length > 0 ? caption : limit,
    language,
    card,
    images,
    manner,
    warnings: [
      // photos have no descriptions here
      ...warningsFor(part.warnings, []),
      ...left.map(({ url }): Warning => ({ kind: 'no-caption', about: url })),
    ],
  }
}

function written({ text, link, mention }: Segment): string {
  const cleaned = clean(text.normalize('NFC')).normalize('NFC')
  const meant = link !== undefined || mention !== undefined
  return meant ? cleaned : withoutMentions(cleaned, addressesIn(cleaned))
}

/** Where the server sees addresses with more than a domain (TDLib, match_urls), roughly and rather too much. */
function* addressesIn(text: string): Generator<{ start: number; end: number }> {
  for (const { index, 0: word } of text.matchAll(/[^\s<>"«»)]+/gu)) {
    const sign = word.search(/:\/\/|\.\p{L}{2,}\//u)
    if (sign !== -1) yield { start: index + sign, end: index + word.length }
  }
}

function facetsOf(segment: Segment, start: number, end: number): Facet[] {
  const { styles = [], link, hashtag, mention } = segment
  return [
    ...styles.map((kind): Facet => ({ kind, start, end })),
    ...(link === undefined ? [] : [{ kind: 'link' as const, start, end, value: link }]),
    ...(hashtag === undefined ? [] : [{ kind: 'hashtag' as const, start, end, value: hashtag }]),
    ...(mention === undefined ? [] : [{ kind: 'mention' as const, start, end, value: mention }]),
  ]
}

/** Pieces that touch and mean the same are one: a quotation with a bold word in it is one quotation. */
function add(facets: Facet[], facet: Facet): void {
  const same = facets.find(
    ({ kind, end, value }) =>
      kind === facet.kind && end === facet.start && value === facet.value && joins(kind),
  )
  if (same) same.end = facet.end
  else facets.push(facet)
}

function joins(kind: Facet['kind']): boolean {
  return kind !== 'hashtag' && kind !== 'mention'
}

/** Blanks and line feeds at the ends go, as on the server, which would move the facets otherwise. */
function trim(text: string, facets: readonly Facet[]): { text: string; facets: Facet[] } {
  const from = text.length - text.replace(/^[ \n]+/, '').length
  const kept = withoutTail(text.slice(from), /[ \n]/)
  const within = (at: number) => Math.min(Math.max(at - from, 0), kept.length)
  const moved = facets.map((one) => ({ ...one, start: within(one.start), end: within(one.end) }))
  return { text: kept, facets: moved.filter(({ start, end }) => start < end) }
}
