import type { Article } from '../articles/article.ts'
import type { TemplateFile } from '../posts/template/template-file.ts'
import type { Rules } from '../posts/compose.ts'
import { encoded, forMessages, forX, type Place } from './places.ts'

/** Code points. */
const LONGEST_SUBJECT = 150

/**
 * Links that fill in a post about an article elsewhere, ready to click, the text by a template of its own and
 * fitted as posts are. Facebook takes the address only and reads the page. The forms of the links: X web intents
 * (`text`), WhatsApp click to chat (`text`), RFC 6068 (line feeds of a mail are CRLF).
 */
export async function shareLinks(
  article: Article,
  template: TemplateFile,
): Promise<Record<Place, string>> {
  const [forPosting, forSending] = await Promise.all([
    textOf(article, template, forX),
    textOf(article, template, forMessages),
  ])
  const mail = forSending.replaceAll('\n', '\r\n')
  return {
    facebook: `https://www.facebook.com/sharer/sharer.php?u=${encoded(article.url)}`,
    x: `https://x.com/intent/post?text=${encoded(forPosting)}`,
    whatsapp: `https://wa.me/?text=${encoded(forSending)}`,
    email: `mailto:?subject=${encoded(subjectOf(article))}&body=${encoded(mail)}`,
  }
}

async function textOf(article: Article, template: TemplateFile, rules: Rules): Promise<string> {
  const { composePost } = await import('../posts/compose.ts')
  const { parts } = await composePost(article, template, rules)
  return rules.write(parts.flatMap(({ segments }) => segments))
}

/** One line; far longer ones no mail program shows. */
function subjectOf({ title, url }: Article): string {
  const line = title
    .slice(0, 1000)
    .replace(/[ \t\r\n]+/g, ' ')
    .trim()
  const points = Array.from(line)
  return points.length > LONGEST_SUBJECT
    ? `${points.slice(0, LONGEST_SUBJECT).join('')}…`
    : line || url
}
