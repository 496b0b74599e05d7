import type { Article } from '../articles/article.ts'
import type { TemplateFile } from '../posts/template/template-file.ts'
import type { Rules } from '../posts/compose.ts'
import { encoded, forMessages, forX, type Place } from './places.ts'

/** Graphemes. */
const LONGEST_SUBJECT = 150

/**
 * Links that fill in a post about an article elsewhere, ready to click, the text by a template of its own and
 * fitted as posts are; none for a place that has no room for the article's address. Facebook takes the address only
 * and reads the page. The forms of the links: X web intents (`text`), WhatsApp click to chat (`text`), RFC 6068 (line
 * feeds of a mail are CRLF).
 */
export async function shareLinks(
  article: Article,
  template: TemplateFile,
): Promise<Partial<Record<Place, string>>> {
  const [forPosting, forSending] = await Promise.all([
    textOf(article, template, forX),
    textOf(article, template, forMessages(article.url)),
  ])
  const subject = await subjectOf(article)
  return {
    facebook: `https://www.facebook.com/sharer/sharer.php?u=${encoded(article.url)}`,
    ...(forPosting !== null && { x: `https://x.com/intent/post?text=${encoded(forPosting)}` }),
    ...(forSending !== null && {
      whatsapp: `https://wa.me/?text=${encoded(forSending)}`,
      email: `mailto:?subject=${encoded(subject)}&body=${encoded(forSending.replaceAll('\n', '\r\n'))}`,
    }),
  }
}

/** Null where not even title and link fit. */
async function textOf(
  article: Article,
  template: TemplateFile,
  rules: Rules,
): Promise<string | null> {
  const { composePost } = await import('../posts/compose.ts')
  try {
    const { parts } = await composePost(article, template, rules)
    return parts.map(({ segments }) => rules.write(segments)).join('\n\n')
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'TemplateError') return null
    throw thrown
  }
}

/** One line; far longer ones no mail program shows. */
async function subjectOf({ title, url }: Article): Promise<string> {
  const { endOf, graphemeAt } = await import('../posts/fit/cut.ts')
  const line = title.replace(/[ \t\r\n]+/g, ' ').trim()
  const end = Math.min(endOf(line, LONGEST_SUBJECT), graphemeAt(line, LONGEST_SUBJECT * 12))
  return end < line.length ? `${line.slice(0, end)}…` : line || url
}
