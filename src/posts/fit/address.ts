import type { Cost, Segment } from '../post.ts'
import { FAR_TOO_LONG } from './fit.ts'
import { shortLink } from '../template/short-link.ts'
import { tidy } from './tidy.ts'

/** A place in a text, in UTF-16 units, end exclusive. */
export interface Place {
  start: number
  end: number
}

/** A scheme, and all that follows to what ends an address in every script. */
const ADDRESS = /[a-z][a-z\d+.-]{0,15}:\/\/[^\s、。，「」『』（）！？]+/giu

/** Where a text has addresses with a scheme. */
export function* addressesIn(text: string): Generator<Place> {
  for (const { index, 0: whole } of text.matchAll(ADDRESS)) {
    yield { start: index, end: index + whole.length }
  }
}

/** Where a text has this address, with or without a slash at its end, as a word of its own. */
export function* placesOf(text: string, url: string): Generator<Place> {
  const address = url.replace(/\/$/, '')
  for (let at = text.indexOf(address); at !== -1; at = text.indexOf(address, at + 1)) {
    const end = at + address.length + (text[at + address.length] === '/' ? 1 : 0)
    const goesOn = /^[.,;:!?]*[\p{L}\p{M}\p{N}/_\-~%?#&=+@]/u.test(text.slice(end, end + 20))
    if (!goesOn && !/[\p{L}\p{N}/=]/u.test(text[at - 1] ?? '')) yield { start: at, end }
  }
}

/**
 * A section in which the article's own address, where it stands in plain words, is a link: shown as it is where
 * `holds` says that the section can go out like that, else short.
 */
export function withOwnLinks(
  section: readonly Segment[],
  url: string,
  holds: (section: Segment[]) => boolean,
): Segment[] {
  const linked = (show: (address: string) => string) =>
    section.flatMap((segment) => (isPlain(segment) ? split(segment, url, show) : segment))
  if (!section.some((one) => isPlain(one) && !placesOf(one.text, url).next().done)) {
    return [...section]
  }
  const whole = linked((address) => address)
  return holds(whole) ? whole : linked((address) => shortLink(address))
}

/** A section without the addresses in its fixed words that no part can hold, and these. */
export function withoutTooLong(
  section: readonly Segment[],
  cost: (segments: Segment[]) => Cost,
): { section: Segment[]; dropped: string[] } {
  const { limit } = cost([])
  const dropped: string[] = []
  const kept = section.map((segment) => {
    if (segment.fit !== undefined || !isPlain(segment)) return segment
    const text = segment.text.replace(ADDRESS, (address) => {
      // what is far from the limit need not be measured
      if (address.length * 4 <= limit) return address
      if (address.length <= limit * FAR_TOO_LONG && cost([{ text: address }]).fits) return address
      dropped.push(address)
      return ''
    })
    return { ...segment, text }
  })
  return { section: dropped.length === 0 ? [...section] : tidy(kept), dropped }
}

function split(segment: Segment, url: string, show: (address: string) => string): Segment[] {
  const pieces: Segment[] = []
  let from = 0
  for (const { start, end } of placesOf(segment.text, url)) {
    pieces.push({ ...segment, text: segment.text.slice(from, start) })
    pieces.push({ ...segment, text: show(segment.text.slice(start, end)), link: url })
    from = end
  }
  if (from === 0) return [segment]
  return [...pieces, { ...segment, text: segment.text.slice(from) }].filter(
    ({ text }) => text !== '',
  )
}

/** Words that lead nowhere yet, and are no code. */
function isPlain({ link, hashtag, mention, styles = [] }: Segment): boolean {
  const marked = link !== undefined || hashtag !== undefined || mention !== undefined
  return !marked && !styles.includes('code') && !styles.includes('pre')
}
