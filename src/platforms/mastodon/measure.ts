import type { Cost } from '../../posts/post.ts'
import { graphemesOf } from '../graphemes.ts'
import type { Limits } from '../platform.ts'
import { withoutTail } from '../tail.ts'
import { linksIn } from './links.ts'

/** What a link costs where the server does not say (Mastodon, status_length_validator.rb). */
const LINK = 23
/** The longest host of a remote mention. */
const HOST = 253
/** Mastodon, account.rb MENTION_RE and twitter-text's end of a mention. */
const MENTION =
  /(?<![=/\p{L}\p{M}\p{N}_])(?<user>@[a-z\d_]+(?:[.-]+[a-z\d_]+)*)@(?<host>[\p{L}\p{M}\p{N}_]+(?:[.-]+[\p{L}\p{M}\p{N}_]+)*)/giu

/**
 * Graphemes of the text without white space at its ends, a link at `limits.link`, a remote mention without its host
 * (Mastodon, status_length_validator.rb). Where the web client counts otherwise, the larger: bare domains as links,
 * hosts without a dot as written. `warning` is a content warning, which counts as written.
 */
export function measure(
  text: string,
  { text: limit, link }: Limits,
  warning?: string | null,
): Cost {
  const trimmed = withoutTail(text.replace(/^[\0\t-\r ]+/, ''), /[\0\t-\r ]/)
  const count = graphemesOf((warning ?? '') + counted(trimmed, link))
  return { count, limit, fits: count <= limit }
}

/** The text with placeholders for links, and without the hosts of mentions. */
function counted(text: string, price: number | undefined): string {
  let result = ''
  let from = 0
  for (const { start, end, bare } of linksIn(text)) {
    const written = text.slice(start, end)
    const larger = (bare || price === undefined) && graphemesOf(written) > (price ?? LINK)
    result += withoutHosts(text.slice(from, start))
    result += larger ? written : 'x'.repeat(price ?? LINK)
    from = end
  }
  return result + withoutHosts(text.slice(from))
}

function withoutHosts(text: string): string {
  return text.replaceAll(MENTION, (whole: string, user: string, host: string, at: number) => {
    const counts = host.includes('.') && host.length <= HOST
    return counts && !/^(?:[@＠]|:\/\/)/.test(text.slice(at + whole.length, at + whole.length + 3))
      ? user
      : whole
  })
}
