import { setImmediate as others } from 'node:timers/promises'
import { paragraphsOf, removeJunk, type Paragraph } from './clean.ts'
import type { Picture } from './article.ts'
import type { Element, Page } from './dom.ts'
import { picturesIn } from './illustrations.ts'
import { plainText } from './text.ts'

/** An article's text as its page has it. */
export interface PageText {
  paragraphs: Paragraph[]
  /** The text as the site shows it, with share bars and counters: what automatic descriptions are cut from. */
  rawText: string
  /** Those in the text, in their order. */
  pictures: Picture[]
}

/** Where themes and microformats put the text. */
const containers =
  '.entry-content, .wp-block-post-content, [itemprop="articleBody"], .e-content, .post-content, .gh-content, ' +
  '.article-content, .article-body, .article__content, .article__body, .td-post-content, .post-body'
/** Readability takes 30 µs for an element, and lets nobody else have a turn: a page of more has its paragraphs marked. */
const mostElements = 3_000

/**
 * The article's text: where the theme says it is, else where readability finds it, else as JSON-LD says it.
 * Takes the page apart.
 */
export async function textOf(
  page: Page,
  address: string,
  remove: readonly string[],
  linkedBody: string | null,
): Promise<PageText> {
  const container = page.querySelector(containers)
  if (container) {
    const rawText = plainText((container.textContent ?? '').slice(0, 20_000))
    removeJunk(container, remove)
    await others()
    return {
      paragraphs: paragraphsOf(container),
      rawText,
      pictures: picturesIn(container, address),
    }
  }
  removeJunk(page.body, remove)
  await others()
  const found = await readable(page)
  await others()
  const around = found ?? page.querySelector('article') ?? page.querySelector('main')
  const pictures = around ? picturesIn(around, address) : []
  const paragraphs = found ? paragraphsOf(found) : looseParagraphs(page)
  if (paragraphs.length > 0) return { paragraphs, rawText: '', pictures }
  const lines = (linkedBody ?? '').split(/\n\s*\n/).map(plainText)
  return { paragraphs: lines.filter(Boolean).map(unstyled), rawText: '', pictures }
}

/** What readability takes for the text; null where the page has too little of it, or too much. */
async function readable(page: Page): Promise<Element | null> {
  if ([...page.querySelectorAll('*')].length > mostElements) return null
  const { Readability, isProbablyReaderable } = await import('@mozilla/readability')
  if (!isProbablyReaderable(page, { minContentLength: 80, minScore: 5 })) return null
  await others()
  const options = { charThreshold: 100, disableJSONLD: true, serializer: (found: Element) => found }
  return new Readability<Element>(page, options).parse()?.content ?? null
}

/** Where readability has nothing to say: the paragraphs that are marked as such, but for those around the text. */
function looseParagraphs(page: Page): Paragraph[] {
  const root = page.querySelector('article') ?? page.querySelector('main') ?? page.body
  return [...root.querySelectorAll('p')]
    .filter((paragraph) => !paragraph.closest('header, footer, aside'))
    .flatMap(paragraphsOf)
}

function unstyled(text: string): Paragraph {
  return { text, emphasised: false }
}
