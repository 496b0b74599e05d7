import { addressesIn, type Place } from './address.ts'
import { graphemeAt, placeToPart } from './cut.ts'
import { isSeen } from './ending.ts'
import { FAR_TOO_LONG, type Fitted, fit } from './fit.ts'
import type { Cost, Segment } from '../post.ts'
import { mostOf } from './search.ts'
import { apart, isAtom } from './stream.ts'
import { tidy } from './tidy.ts'

/** What of a section is one part, and what is left for the next. */
export interface Divided {
  head: Fitted
  rest: Segment[]
}

type Measure = (segments: Segment[]) => Cost

/**
 * Takes as much from the beginning of a section as one part holds, to a good place; nothing is lost but white space.
 * Elastic texts are shortened to what a part holds and stay in one. Null where the section begins with a link,
 * mention or hashtag that no part can hold.
 */
export function divide(section: readonly Segment[], cost: Measure): Divided | null {
  const { segments, shortened, dropped } = settled(section, cost)
  const { limit } = cost([])
  const near = upTo(segments, limit * FAR_TOO_LONG)
  const text = near.map((one) => one.text).join('')
  const costOf = (units: number) => cost(tidy(upTo(near, graphemeAt(text, units))))
  const most = mostOf(text.length, costOf)
  const wholes = [...wholesOf(near), ...addressesIn(text), ...endingOf(near, text, limit / 2)]
  const fits = (units: number) => costOf(units).fits
  const end = most === text.length ? most : placeOf(text, most, { wholes, fits })
  if (end === 0) return null
  const head = { segments: tidy(upTo(near, end)), shortened, dropped, excess: 0 }
  return { head, rest: after(segments, end) }
}

/** Elastic texts as one part would hold them, with the signs that touch them. */
function settled(section: readonly Segment[], cost: Measure) {
  const pieces = section.flatMap(apart)
  const made: Pick<Fitted, 'segments' | 'shortened' | 'dropped'> = {
    segments: [],
    shortened: [],
    dropped: [],
  }
  for (let at = 0; at < pieces.length;) {
    const piece = pieces[at]
    let end = at + 1
    while (piece?.fit !== undefined && pieces[end]?.fit === piece.fit) end++
    const run = pieces.slice(at, end)
    if (piece?.fit === undefined) made.segments.push(...run)
    else {
      const before = { text: /\S*$/.exec(pieces[at - 1]?.text.slice(-TOUCHING) ?? '')?.[0] ?? '' }
      const behind = { text: /^\S*/.exec(pieces[end]?.text.slice(0, TOUCHING) ?? '')?.[0] ?? '' }
      const touched = (segments: Segment[]) => cost([before, ...segments, behind])
      const fitted = fit(run, touched, { dropHashtags: false })
      made.segments.push(...fitted.segments)
      made.shortened.push(...fitted.shortened)
      made.dropped.push(...fitted.dropped)
    }
    at = end
  }
  return made
}

/** Signs beside an elastic text that may not be parted from it: «(», a quotation mark. */
const TOUCHING = 12

/** The beginning of some segments. */
function upTo(segments: readonly Segment[], most: number): Segment[] {
  const kept: Segment[] = []
  let left = most
  for (const segment of segments) {
    if (left <= 0) break
    kept.push(
      left < segment.text.length ? { ...segment, text: segment.text.slice(0, left) } : segment,
    )
    left -= segment.text.length
  }
  return kept
}

/** What comes behind, without the white space at its beginning. */
function after(segments: readonly Segment[], from: number): Segment[] {
  const kept: Segment[] = []
  let gone = from
  for (const segment of segments) {
    const text = segment.text.slice(Math.max(0, gone))
    gone -= segment.text.length
    const shown = kept.length === 0 ? text.replace(/^[ \t\n]+/, '') : text
    if (shown !== '') kept.push({ ...segment, text: shown })
  }
  return kept
}

/** Links, mentions, hashtags and elastic texts; pieces of one that touch are one. */
function wholesOf(segments: readonly Segment[]): Place[] {
  const wholes: Place[] = []
  let start = 0
  let before: Segment | null = null
  for (const segment of segments) {
    const end = start + segment.text.length
    const last = wholes.at(-1)
    const goesOn =
      (segment.link !== undefined && segment.link === before?.link) ||
      (segment.fit !== undefined && segment.fit === before?.fit)
    if (last && goesOn && last.end === start) last.end = end
    else if (isAtom(segment) || segment.fit !== undefined) wholes.push({ start, end })
    start = end
    before = segment
  }
  return wholes
}

/** Hashtags at the end with the paragraph before them, where both are short: hashtags alone are no part. */
function endingOf(segments: readonly Segment[], text: string, most: number): Place[] {
  let start = text.length
  let hashtags = 0
  for (const segment of segments.toReversed()) {
    if (segment.hashtag === undefined && segment.text.trim() !== '') break
    if (segment.hashtag !== undefined) hashtags++
    start -= segment.text.length
  }
  const words = text.slice(Math.max(0, start - most), start).trimEnd()
  const paragraph = words.lastIndexOf('\n\n')
  if (hashtags === 0 || paragraph === -1) return []
  const from = Math.max(0, start - most) + paragraph + 2
  return text.length - from > most ? [] : [{ start: from, end: text.length }]
}

/** The best place at or before `most`; 0 where there is none. */
function placeOf(
  text: string,
  most: number,
  { wholes, fits }: { wholes: readonly Place[]; fits(most: number): boolean },
): number {
  const outside = (at: number) =>
    wholes.find(({ start, end }) => start < at && at < end)?.start ?? at
  for (let place = most; place > 0; place--) {
    const best = placeToPart(text, place)
    const start = outside(best)
    if (start === best && isSeen(text.slice(0, best)) && fits(best)) return best
    place = start === best ? best : start + 1
  }
  return outside(graphemeAt(text, most))
}
