import { setImmediate as others } from 'node:timers/promises'
import { withOwnLinks, withoutTooLong } from './address.ts'
import { divide } from './divide.ts'
import { isSeen } from './ending.ts'
import { type Fitted, fit } from './fit.ts'
import type { Settings } from '../template/front.ts'
import type { Cost, Segment } from '../post.ts'
import { tidy } from './tidy.ts'

/** How a post may continue. */
export interface Threading extends Pick<Settings, 'thread' | 'dropHashtags'> {
  /** The article's address: a link to it stays even where the end of the last part does not. */
  url: string
  cost(segments: Segment[]): Cost
}

/** How many parts there may be, and what each keeps free for its number. */
interface Room {
  parts: number
  number: Segment
}

/** More parts than these nobody reads. */
const MOST = 25
/** A text of more than so many times the limit is taken for too long, unmeasured. */
const LONG = 3
const unnumbered: readonly Room[] = [{ parts: MOST, number: { text: '' } }]
const numbered: readonly Room[] = [
  { parts: 1, number: { text: '' } },
  { parts: 9, number: numberOf(9, 9) },
  { parts: MOST, number: numberOf(MOST, MOST) },
]

/**
 * The parts of a post, each fitted: a section is one part. If `thread` says so, a section whose fixed part is too
 * long goes on in further ones: parted at a paragraph, else a sentence, a word, a grapheme, never within a link, a
 * mention or a hashtag; elastic texts do not flow over, but are shortened to what one part holds. With `numbered`
 * each of several parts ends with «1/3». Of more than 25 parts the last is shortened, its link to the article aside.
 * A part that cannot fit has an `excess`.
 */
export async function intoParts(sections: readonly Segment[][], how: Threading): Promise<Fitted[]> {
  for (const room of how.thread === 'numbered' ? numbered : unnumbered) {
    const parts = await pour(sections, how, room)
    if (parts === null) continue
    if (parts.length < 2 || how.thread !== 'numbered') return parts
    return parts.map((part, at) => {
      return { ...part, segments: [...part.segments, numberOf(at + 1, parts.length)] }
    })
  }
  return []
}

function numberOf(part: number, parts: number): Segment {
  return { text: `\n\n${part}/${parts}` }
}

/** Null where more parts are needed than there is room for, and there may be more. */
async function pour(
  sections: readonly Segment[][],
  how: Threading,
  room: Room,
): Promise<Fitted[] | null> {
  const cost = (segments: Segment[]) => how.cost([...segments, room.number])
  const dropped: string[] = []
  const rest = sections
    .map((given) => {
      const fits = (all: Segment[]) => holds(withoutTooLong(all, cost).section, how, cost)
      const held = withoutTooLong(withOwnLinks(given, how.url, fits), cost)
      dropped.push(...held.dropped)
      return held.section
    })
    .filter((section) => section.some(({ text }) => isSeen(text)))
  const parts: Fitted[] = []
  for (let section = rest.shift(); section; section = rest.shift()) {
    const fitted = how.thread !== false && isLong(section, cost) ? null : fit(section, cost, how)
    const splits = how.thread !== false && (fitted === null || !hasRoom(section, fitted, cost))
    if (parts.length === room.parts - 1 && (splits || rest.length > 0)) {
      if (room.parts < MOST) return null
      return without([...parts, closing([section, ...rest], how, cost)], dropped)
    }
    // a long text holds up nobody else's work
    if (splits) await others()
    const divided = splits ? divide(section, cost) : null
    parts.push(divided?.head ?? fitted ?? fit(section, cost, how))
    if (divided && divided.rest.length > 0) rest.unshift(divided.rest)
  }
  const kept = parts.filter(({ segments, excess }) => segments.length > 0 || excess > 0)
  return without(kept, dropped)
}

/** The parts, the first of which says what was left out beforehand. */
function without(parts: readonly Fitted[], dropped: readonly string[]): Fitted[] {
  return parts.map((part, at) =>
    at === 0 ? { ...part, dropped: [...part.dropped, ...dropped] } : part,
  )
}

/** Whether a section can go out with its links to the article as they are. */
function holds(section: readonly Segment[], how: Threading, cost: Threading['cost']): boolean {
  const links = section.filter(({ link }) => link === how.url)
  if (how.thread !== false) return links.every((link) => cost([link]).fits)
  const stays = ({ fit: elastic, link, hashtag }: Segment) =>
    link === how.url || (elastic === undefined && !(how.dropHashtags && hashtag !== undefined))
  return cost(tidy(section.filter(stays))).fits
}

/** Whether a section surely needs several parts, so that it need not be measured. */
function isLong(section: readonly Segment[], cost: Threading['cost']): boolean {
  return lengthOf(section.filter((one) => one.fit === undefined)) > cost([]).limit * LONG
}

/** Whether it all fits, and no elastic words had to make room for a fixed text that could as well go on elsewhere. */
function hasRoom(section: readonly Segment[], fitted: Fitted, cost: Threading['cost']): boolean {
  if (fitted.excess > 0) return false
  const tags = (all: readonly Segment[]) => all.filter((one) => one.hashtag !== undefined).length
  const gone = fitted.shortened.length + fitted.dropped.length
  if (gone <= tags(section) - tags(fitted.segments)) return true
  const fixed = section.filter((one) => one.fit === undefined)
  const { count, limit } = cost(fixed)
  return count * 2 <= limit
}

function lengthOf(segments: readonly Segment[]): number {
  return segments.reduce((sum, { text }) => sum + text.length, 0)
}

/** All that is left as one last part, shortened: links to the article stay, and hashtags as far as they can. */
function closing(sections: readonly Segment[][], how: Threading, cost: Threading['cost']): Fitted {
  const all = sections.flatMap((section, at) =>
    at === 0 ? section : [{ text: '\n\n' }, ...section],
  )
  const elastic = (stays: (segment: Segment) => boolean) =>
    all.map((segment): Segment => {
      const { fit: _, ...fixed } = segment
      return stays(segment) ? fixed : { ...fixed, fit: 1 }
    })
  const leads = ({ link }: Segment) => link === how.url
  const fitted = fit(
    elastic((one) => leads(one) || one.hashtag !== undefined),
    cost,
    how,
  )
  return fitted.excess === 0 ? fitted : fit(elastic(leads), cost, how)
}
