import { domainToUnicode } from 'node:url'
import tlds from 'tlds' with { type: 'json' }

/** A run of a status's text as the server understands it. */
export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string }
  | { kind: 'mention'; text: string; user: string; host: string | null }
  | { kind: 'hashtag'; text: string; name: string }

// M config/initializers/twitter_regex.rb: characters of a path, those it may end with, balanced parentheses
const INSIDE = String.raw`[^\s<>()?]`
const ENDING = String.raw`[^\s<>()?!*"'「」;:=,.$%\[\]~&|@]`
const BALANCED = String.raw`\((?:${INSIDE}|\(${INSIDE}*\))*\)`
const PATH = String.raw`\/(?:(?:${INSIDE}|${BALANCED})*(?:${ENDING}|${BALANCED}))?`
const QUERY = String.raw`\?[\p{L}\p{N}!?*'();:&=+$\/%#\[\]\-_.,~|@]*[\p{L}\p{N}_&=#\/\-]`
const HOST = String.raw`[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}\p{M}_-]+)+`
const LINK = String.raw`(?<![\p{L}\p{N}_@#$.-])(?<link>https?:\/\/(?<domain>${HOST})(?::\d+)?(?:${PATH})?(?:${QUERY})?)`
// M account.rb MENTION_RE
const USER = String.raw`[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*`
const MENTION = String.raw`(?<![\p{L}\p{N}_\/=])@(?<user>${USER})(?:@(?<host>[\p{L}\p{N}_][\p{L}\p{N}\p{M}_.-]*[\p{L}\p{N}\p{M}_]))?`
// M4.5 tag.rb
const WORD = String.raw`[\p{L}\p{M}\p{N}_]`
const HASHTAG = String.raw`(?<![\p{L}\p{N}_=\/)])[#＃](?<tag>${WORD}+(?:[·・\u200c]+${WORD}+)*)`
const FOUND = new RegExp(`${LINK}|${MENTION}|${HASHTAG}`, 'giu')

const LONGEST_LINK = 4096
const LONGEST_HOST = 253
const endings = new Set(tlds)

/** A status's text in pieces; together they are the text. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const match of text.matchAll(FOUND)) {
    const piece = pieceOf(match[0], match.groups ?? {})
    if (piece === null) continue
    if (match.index > at) pieces.push({ kind: 'text', text: text.slice(at, match.index) })
    pieces.push(piece)
    at = match.index + match[0].length
  }
  if (at < text.length) pieces.push({ kind: 'text', text: text.slice(at) })
  return pieces
}

function pieceOf(
  text: string,
  { link, domain, user, host, tag }: Record<string, string | undefined>,
): Piece | null {
  if (link !== undefined) return isLink(link, domain ?? '') ? { kind: 'link', text } : null
  if (tag !== undefined) return /\p{L}/u.test(tag) ? { kind: 'hashtag', text, name: tag } : null
  if (user === undefined || (host?.length ?? 0) > LONGEST_HOST) return null
  return { kind: 'mention', text, user, host: host ?? null }
}

/** A link needs a domain with a known ending: addresses in digits and `localhost` are none. */
function isLink(link: string, domain: string): boolean {
  const ending = domain.slice(domain.lastIndexOf('.') + 1).toLowerCase()
  return (
    link.length <= LONGEST_LINK && (endings.has(ending) || endings.has(domainToUnicode(ending)))
  )
}
