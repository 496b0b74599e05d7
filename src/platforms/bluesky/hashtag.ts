import { graphemesOf } from '../graphemes.ts'
import { spell } from '../hashtag.ts'

/** Lexicon app.bsky.richtext.facet: a tag's longest length in graphemes and in bytes of UTF-8. */
const MOST = { graphemes: 64, bytes: 640 }

/**
 * At least one character that is neither digit nor punctuation, no punctuation at the end: else clients, which
 * drop it there, would show another tag. Emoji are a tag where a name has nothing else.
 */
export function hashtag(name: string): string | null {
  const composed = name.normalize('NFKC').trim()
  const tag = spell(name) || (/^\p{RGI_Emoji}+$/v.test(composed) ? composed : '')
  if (!/[^\d\p{P}]/u.test(tag) || /\p{P}$/u.test(tag)) return null
  return graphemesOf(tag) <= MOST.graphemes && Buffer.byteLength(tag) <= MOST.bytes ? tag : null
}
