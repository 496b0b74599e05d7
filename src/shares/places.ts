import { withoutMentions } from '../platforms/mention.ts'
import { linksIn } from '../platforms/mastodon/links.ts'
import { spell } from '../platforms/hashtag.ts'
import type { Rules } from '../posts/compose.ts'
import type { Segment } from '../posts/post.ts'
import { weightOf } from './weight.ts'

/** A place that we do not post to ourselves: somebody opens its link, finds the text filled in, and sends it. */
export type Place = 'facebook' | 'x' | 'whatsapp' | 'email'
export const places = ['facebook', 'x', 'whatsapp', 'email'] as const satisfies readonly Place[]

/** Mail programs and browsers take an address of about 2000 characters; the rest is for its beginning. */
const LONGEST_LINK = 1_800
/** What the words may take where the article's address alone is nearly that long: it stays whole. */
const LEAST_WORDS = 600

/** X: its own counting, hashtags; an article's words ping nobody there. */
export const forX: Rules = {
  write: (segments) =>
    written(
      segments.map((one) =>
        one.mention === undefined ? { ...one, text: withoutPings(one.text) } : one,
      ),
    ),
  measure: weightOf,
  hashtag: (name) => spell(name) || null,
}

function withoutPings(text: string): string {
  return withoutMentions(
    text,
    linksIn(text).filter(({ bare }) => !bare),
  )
}

/** A message to somebody about what stands at `url`: as long as fits into a link, so it is measured encoded. */
export function forMessages(url: string): Rules {
  const limit = Math.max(LONGEST_LINK, encoded(url).length + LEAST_WORDS)
  return {
    write: written,
    measure: (text) => {
      const count = encoded(text).length
      return { count, limit, fits: count <= limit }
    },
    hashtag: () => null,
  }
}

/** Plain text has no named links: the address stands for itself, once. */
function written(segments: readonly Segment[]): string {
  return segments
    .map(({ text, link }, at) => {
      if (link === undefined) return text
      return segments[at - 1]?.link === link ? '' : link
    })
    .join('')
}

/** A value in a link. Also what RFC 3986 would leave, since programs end a link in a text at such signs. */
export function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
