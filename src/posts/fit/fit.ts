import { graphemeAt, lengthOf, placeToCut } from './cut.ts'
import { withoutDangling } from './ending.ts'
import type { Cost, Segment } from '../post.ts'
import { mostOf } from './search.ts'
import { apart, cutStream, streamOf } from './stream.ts'
import { tidy } from './tidy.ts'

/** Fewer graphemes of an elastic piece say too little to stand. */
const USEFUL = 40
/** A text longer than so many times the limit is too long unmeasured: measuring 200 KB takes a while. */
export const FAR_TOO_LONG = 16

/** What fitting made of a post's segments. Texts in `shortened` and `dropped` are whole, as they were. */
export interface Fitted {
  segments: Segment[]
  shortened: string[]
  dropped: string[]
  /** How much of the platform's unit is still too much; 0 where it fits. */
  excess: number
}

/**
 * Makes segments fit. Elastic ones (`fit`) are shortened, the lowest number first, those that share a number as one
 * text from its end; what would keep fewer than 40 graphemes goes whole, with its line. The highest of several
 * numbers, or the only words there are, stay: before they get that short, hashtags go from the end, if they may.
 * Those also go where the fixed part alone is too long. Links, mentions, hashtags and graphemes are never cut.
 */
export function fit(
  segments: readonly Segment[],
  cost: (segments: Segment[]) => Cost,
  { dropHashtags }: { dropHashtags: boolean },
): Fitted {
  const { limit: room } = cost([])
  const most = room * FAR_TOO_LONG
  const fixed = segments.reduce(
    (sum, one) => sum + (one.fit === undefined ? one.text.length : 0),
    0,
  )
  if (fixed > most) {
    return { segments: [...segments], shortened: [], dropped: [], excess: fixed - room }
  }
  const whole = tidy(segments.flatMap(apart))
  const orders = [...new Set(whole.flatMap((one) => one.fit ?? []))].toSorted((a, b) => a - b)
  const post: Post = {
    segments: whole,
    dropHashtags,
    hashtags: [],
    cost,
  }
  for (const order of orders) {
    const { text } = streamOf(post.segments, order)
    if (text.length <= most) continue
    post.segments = cutStream(post.segments, order, placeToCut(text, most))
  }
  for (const order of orders) {
    if (post.cost(post.segments).fits) break
    shorten(post, order, order === orders.at(-1) && (orders.length > 1 || !hasWords(whole)))
  }
  while (!post.cost(post.segments).fits && dropHashtag(post));
  const { count, limit, fits } = cost(post.segments)
  const excess = fits ? 0 : Math.max(1, count - limit)
  return { segments: post.segments, ...changesOf(whole, orders, post), excess }
}

/** A post while it is fitted. */
interface Post {
  segments: Segment[]
  /** Whether hashtags may go. */
  dropHashtags: boolean
  /** Those that were left out, as written. */
  hashtags: string[]
  cost(segments: Segment[]): Cost
}

function shorten(post: Post, order: number, stays: boolean): void {
  const { text } = streamOf(post.segments, order)
  if (text === '') return
  const useful = Math.min(USEFUL, lengthOf(text.slice(0, USEFUL * 8)))
  let cut = longest(post, order)
  while (stays && cut.length < useful && dropHashtag(post)) {
    if (post.cost(post.segments).fits) return
    cut = longest(post, order)
  }
  const gone = cut.length === 0 || (!stays && cut.length < useful)
  post.segments = gone ? cutStream(post.segments, order, 0) : cut.segments
}

function changesOf(whole: readonly Segment[], orders: readonly number[], post: Post) {
  const changed = orders
    .map((order) => [streamOf(whole, order).text, streamOf(post.segments, order).text] as const)
    .filter(([before, after]) => before !== after)
  return {
    shortened: changed.flatMap(([before, after]) => (after === '' ? [] : before)),
    dropped: [
      ...changed.flatMap(([before, after]) => (after === '' ? before : [])),
      ...post.hashtags,
    ],
  }
}

/** The longest good cut of a stream that fits; nothing of it where none does. `length` in graphemes. */
function longest({ segments, cost }: Post, order: number) {
  const { text } = streamOf(segments, order)
  const cut = (units: number) => cutStream(segments, order, units)
  let place = mostOf(text.length, (units) => cost(cut(graphemeAt(text, units))))
  while (place > 0) {
    place = placeToCut(text, place)
    const best = cut(place)
    if (place > 0 && cost(best).fits) {
      return { segments: best, length: lengthOf(withoutDangling(text.slice(0, place))) }
    }
    place--
  }
  return { segments, length: 0 }
}

/** Leaves out the last hashtag that is not elastic. False where there is none, or it must stay. */
function dropHashtag(post: Post): boolean {
  if (!post.dropHashtags) return false
  const at = post.segments.findLastIndex((one) => one.hashtag !== undefined && !one.fit)
  const hashtag = post.segments[at]
  if (!hashtag) return false
  post.hashtags.push(hashtag.text)
  post.segments = tidy(post.segments.with(at, { ...hashtag, text: '' }))
  return true
}

/** Whether words of the fixed part would stay if everything elastic went. */
function hasWords(segments: readonly Segment[]): boolean {
  return segments.some(
    ({ text, link, hashtag, fit: elastic }) =>
      link === undefined && hashtag === undefined && elastic === undefined && /\p{L}/u.test(text),
  )
}
