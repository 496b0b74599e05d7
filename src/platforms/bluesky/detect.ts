import { isEnding } from '../endings.ts'
import { graphemesOf } from '../graphemes.ts'
import { withoutTail } from '../tail.ts'

/** Something a text holds by itself, in UTF-16 units, end exclusive. */
export interface Detected {
  kind: 'link' | 'hashtag'
  start: number
  end: number
  /** Address of a link, name of a hashtag. */
  value: string
}

/** After a start, white space or `(`; with its scheme also glued to an opening quotation mark. */
const LINK = /(?<=^|[\s(«“„‹])https?:\/\/\S+|(?<=^|[\s(])[a-z][a-z\d]*(?:\.[a-z\d]+)+\S*/giu
/** What ends an address that is glued to an opening quotation mark. */
const CLOSING: Readonly<Record<string, string>> = { '«': '»', '“': '”', '„': '“', '‹': '›' }
const HASHTAG = /(?<=^|\s)[#＃](?!\ufe0f)(?:(?!\u20e2)[^\s\u00ad\u2060\u200b-\u200d])+/gu

/** Lexicon app.bsky.richtext.facet: the longest tag. */
const LONGEST_TAG = { graphemes: 64, bytes: 640 }

/**
 * Links and hashtags in plain words, as `RichText.detectFacets` of @atproto/api 0.21 finds them, but more careful:
 * schemes and endings in capitals are seen, addresses in guillemets too, all stops and unbalanced parentheses at the
 * end stay out, and names and cashtags are nothing.
 */
export function detect(text: string): Detected[] {
  return [...linksIn(text), ...hashtagsIn(text)].toSorted((a, b) => a.start - b.start)
}

function* linksIn(text: string): Generator<Detected> {
  for (const { index, 0: found } of text.matchAll(LINK)) {
    const [glued = ''] = found.split(CLOSING[text[index - 1] ?? ''] ?? /$/)
    const shown = withoutStops(glued)
    const value = /^https?:\/\//i.test(shown) ? shown : `https://${shown}`
    if (value !== shown && !isDomain(shown)) continue
    // «https:///x» is an address to browsers, and reason enough for the server to refuse the post
    if (/^https?:\/{3}/i.test(value)) continue
    if (URL.canParse(value)) yield { kind: 'link', start: index, end: index + shown.length, value }
  }
}

/** An ending in capitals is one («EXEMPLE.FR»), a capitalised one is a name or a sentence («M.Dupont»). */
function isDomain(shown: string): boolean {
  const domain = /^[a-z\d.]+/i.exec(shown)?.[0] ?? ''
  const ending = domain.slice(domain.lastIndexOf('.') + 1)
  return isEnding(ending) && (ending === ending.toLowerCase() || ending === ending.toUpperCase())
}

function withoutStops(address: string): string {
  let bare = withoutTail(address, /[.,;:!?]/)
  let unopened = bare.split(')').length - bare.split('(').length
  for (; unopened > 0 && bare.endsWith(')'); unopened--) {
    bare = withoutTail(bare.slice(0, -1), /[.,;:!?]/)
  }
  return bare
}

function* hashtagsIn(text: string): Generator<Detected> {
  for (const { index, 0: whole } of text.matchAll(HASHTAG)) {
    const value = withoutTail(whole.slice(1), /\p{P}/u)
    if (!/[^\d\p{P}]/u.test(value) || isTooLong(value)) continue
    yield { kind: 'hashtag', start: index, end: index + 1 + value.length, value }
  }
}

function isTooLong(tag: string): boolean {
  return graphemesOf(tag) > LONGEST_TAG.graphemes || Buffer.byteLength(tag) > LONGEST_TAG.bytes
}
