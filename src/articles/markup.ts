import { Parser } from 'htmlparser2'
import { cleanHtml, type Paragraph } from './clean.ts'
import { plainText } from './text.ts'

/** Elements that only HTML has: «<sans détour>» is just words. */
const elements = new Set(
  (
    'p br div span a em i b strong u s del ins mark small sub sup code pre kbd blockquote q cite ul ol li dl dt dd ' +
    'h1 h2 h3 h4 h5 h6 hr img figure figcaption picture table tr td th section article header footer aside main ' +
    'script style iframe video audio html body'
  ).split(' '),
)

/** Whether a text is HTML rather than plain: it has at least one element. */
function hasMarkup(text: string): boolean {
  let found = false
  const parser = new Parser({
    onopentagname(name) {
      found ||= elements.has(name.toLowerCase())
    },
  })
  parser.end(text)
  return found
}

/** A plain text with its entities decoded, once, where they end as they should: «AT&T» and «?a=1&copy=2» hold none. */
export function decoded(text: string): string {
  if (!text.includes('&')) return text
  let result = ''
  const parser = new Parser({
    ontext(piece) {
      result += piece
    },
  })
  parser.end(text.replace(/&(?!#?[\da-z]{1,40};)/gi, '&amp;').replaceAll('<', '&lt;'))
  return result
}

/** The paragraphs of a text that is HTML or plain, where a blank line parts them. */
export async function paragraphsOfText(
  text: string,
  remove: readonly string[] = [],
): Promise<Paragraph[]> {
  if (hasMarkup(text)) return cleanHtml(text, remove)
  const lines = text.split(/\r?\n\s*\n/).map((line) => plainText(decoded(line)))
  return lines.filter(Boolean).map((line) => ({ text: line, emphasised: false }))
}
