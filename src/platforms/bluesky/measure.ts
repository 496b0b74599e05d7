import type { Cost } from '../../posts/post.ts'
import { graphemesOf } from '../graphemes.ts'
import type { Limits } from '../platform.ts'

/** Graphemes, and bytes of UTF-8 beside them (lexicon app.bsky.feed.post). The server trims and decodes nothing. */
export function measure(text: string, { text: limit, bytes = Infinity }: Limits): Cost {
  const count = graphemesOf(text)
  return { count, limit, fits: count <= limit && Buffer.byteLength(text) <= bytes }
}
