import type { Cost } from '../../posts/post.ts'
import type { Limits } from '../platform.ts'
import { withoutTail } from '../tail.ts'

/**
 * What the server makes of a text before it counts (TDLib, misc.cpp clean_input_string and
 * replace_offending_characters): CR, U+2028–U+202E and the marks U+030A, U+0333, U+033F go, other control characters
 * and tabs become blanks, of several direction marks all but the last become U+200C. Its offsets stay those of the
 * text given where that is clean already.
 */
export function clean(text: string): string {
  return text
    .replace(/\r|[\u2028-\u202e]|\u030a|\u0333|\u033f/gu, '')
    .replace(/\p{Cc}/gu, (sign) => (sign === '\n' || sign > '\u001f' ? sign : ' '))
    .replace(/[\u200e\u200f](?=[\u200e\u200f])/gu, '\u200c')
}

/** Code points of the cleaned text, without blanks and line feeds at its ends (TDLib, fix_formatted_text). */
export function measure(text: string, { text: limit }: Limits): Cost {
  const trimmed = withoutTail(clean(text).replace(/^[ \n]+/, ''), /[ \n]/)
  let count = 0
  for (const _ of trimmed) count++
  return { count, limit, fits: count <= limit }
}
