import { isEnding } from '../endings.ts'
import { withoutTail } from '../tail.ts'

/** A link in a text, in UTF-16 units. Without a scheme it is `bare`: only newer web clients count it as one. */
export interface Link {
  start: number
  end: number
  bare: boolean
}

/** The longest link there is, in characters (twitter-text 3.1). */
const LONGEST = 4096

/** Where a link may start: with a scheme, or at a letter or digit. */
const START = /(?<![a-z\d@＠$#＃])(?:https?:\/\/|(?=[\p{L}\p{N}]))/giu
/** What a domain may be made of: everything but white space, controls, direction marks and most signs of ASCII. */
const HOST = /[^\s\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff!-,/:-@[-^`{-~]+/uy

/**
 * Every link in a text, by Mastodon's rules (config/initializers/twitter_regex.rb): a domain with a known ending,
 * port, path, query; parentheses only balanced; no sign of a sentence at its end.
 */
export function linksIn(text: string): Link[] {
  const links: Link[] = []
  let from = 0
  for (const { index, 0: scheme } of text.matchAll(START)) {
    if (index < from) continue
    const bare = scheme === ''
    const host = hostAt(text, index + scheme.length)
    const glued = bare && index > 0 && /[-_./]/.test(text[index - 1] ?? '')
    const domain = glued ? null : domainEnd(text, host)
    const end = domain === null ? host.end : tailEnd(text, domain)
    from = domain === null ? withoutScheme(text, host) : end
    if (domain === null || Array.from(text.slice(index, end)).length > LONGEST) continue
    links.push({ start: index, end, bare })
  }
  return links
}

/** Where what is no domain ends: a scheme at its end may begin a link of its own («Été…https://»). */
function withoutScheme(text: string, { start, end }: Host): number {
  if (!text.startsWith('://', end)) return end
  return end - (/https?$/i.exec(text.slice(start, end))?.[0].length ?? 0)
}

interface Host {
  start: number
  end: number
}

function hostAt(text: string, start: number): Host {
  HOST.lastIndex = start
  return { start, end: start + (HOST.exec(text)?.[0].length ?? 0) }
}

/** Where the domain ends: in the last label that begins with a known ending. Null where there is none. */
function domainEnd(text: string, { start, end }: Host): number | null {
  const labels: { place: number; label: string }[] = []
  let place = start
  for (const label of text.slice(start, end).split('.')) {
    if (label === '' || /^[-_]|[-_]$/.test(label)) break
    labels.push({ place, label })
    place += label.length + 1
  }
  for (const { place: first, label } of labels.slice(1).toReversed()) {
    for (let length = Math.min(label.length, 63); length > 1; length--) {
      const next = text[first + length] ?? ''
      if (isEnding(label.slice(0, length)) && !/[\da-z@+-]/i.test(next)) return first + length
    }
  }
  return null
}

function tailEnd(text: string, domain: number): number {
  const port = /:\d+/y
  port.lastIndex = domain
  let end = port.test(text) ? port.lastIndex : domain
  if (text[end] === '/') end = pathEnd(text, end)
  const query =
    /\?(?:[a-z\d!?*'();:&=+$/%#[\]\-_.,~|@^]|[^\s\0-\x7f])*(?:[a-z\d_&=#/-]|[^\s\0-\x7f])/iuy
  query.lastIndex = end
  return query.test(text) ? query.lastIndex : end
}

/** A path takes everything but white space, `<>()?`, and balanced parentheses with one pair more inside. */
function pathEnd(text: string, start: number): number {
  const piece = /[^\s<>()?]+|\((?:[^\s<>()?]+|[^\s<>()?]*\([^\s<>()?]+\)[^\s<>()?]*)\)/uy
  let from = start
  let end = start
  for (piece.lastIndex = start; piece.test(text); from = piece.lastIndex) {
    const found = text.slice(from, piece.lastIndex)
    // signs at the end belong to the link only where more of it follows
    const kept = found.startsWith('(') ? found : withoutTail(found, /[!*"'「」:;=,.$%[\]~&|@]/u)
    if (kept !== '') end = from + kept.length
  }
  return end
}
