import { setImmediate as others } from 'node:timers/promises'
import { webAddressOrNull } from '../net/address.ts'
import type { Picture } from './article.ts'
import { textOf, type PageText } from './body.ts'
import { canonicalOf } from './canonical.ts'
import { attributeOf, parsePage, type Page } from './dom.ts'
import { linkedDataOf } from './linked-data.ts'
import { isArticle, isProtected } from './marks.ts'
import { metaOf } from './meta.ts'
import { imageOf } from './picture.ts'
import { termsOf, type Terms } from './terms.ts'
import { plainTextOrNull } from './text.ts'
import { titleOf } from './title.ts'
import { momentOf } from './moment.ts'
import { jsonAddressOf } from './wordpress.ts'

/** What a page alone says of the article on it. Texts are plain. */
export interface PageReading extends PageText, Terms {
  canonical: string
  /** Where the site has the article as JSON. */
  json: URL | null
  shortLink: string | null
  /** False where the page is a home page, a list or an error. */
  article: boolean
  protected: boolean
  title: string | null
  /** Descriptions for other sites. */
  descriptions: string[]
  image: Picture | null
  authors: string[]
  /** Languages that the page declares, the most trustworthy first. */
  languages: string[]
  publishedAt: string | null
  updatedAt: string | null
}

/** Reads a page: its links, JSON-LD, OpenGraph, marks and text. `remove`: the source's own selectors of junk. */
export async function readPage(
  html: string,
  address: string,
  remove: readonly string[],
): Promise<PageReading> {
  const page = await parsePage(html)
  // between the steps of a long page others have their turn
  await others()
  const meta = metaOf(page)
  const { article: linked, list } = linkedDataOf(page)
  const kind = {
    canonical: canonicalOf(page, address),
    json: jsonAddressOf(page, address),
    shortLink: webAddressOrNull(attributeOf(page, 'link[rel="shortlink"]', 'href'), address),
    article: isArticle(page, address, { type: meta('og:type'), linked: linked !== null, list }),
    protected: isProtected(page),
  }
  await others()
  const head = {
    title: await titleOf(page, linked?.headline ?? null, meta),
    descriptions: kept([
      meta('og:description'),
      meta('description'),
      linked?.description,
      meta('twitter:description'),
    ]),
    image: imageOf(page, address, linked?.image ?? null, meta),
    authors: kept([...(linked?.author ?? []), meta('author') ?? bylineOf(page)]),
    languages: kept([
      meta('og:locale'),
      linked?.inLanguage,
      page.documentElement.getAttribute('lang'),
    ]),
    publishedAt: momentOf(meta('article:published_time') ?? linked?.datePublished ?? timeOf(page)),
    updatedAt: momentOf(meta('article:modified_time') ?? linked?.dateModified),
  }
  await others()
  const terms = await termsOf(page, address, linked, meta)
  await others()
  // Last, since it takes the page apart.
  const text = await textOf(page, address, remove, linked?.articleBody ?? null)
  // Some themes put the heading into the text.
  const paragraphs = text.paragraphs.filter((one, index) => index > 0 || one.text !== head.title)
  return { ...kind, ...head, ...terms, ...text, paragraphs }
}

/** Plain texts, each once, without the empty ones and the addresses that some sites give for a name. */
function kept(texts: readonly (string | null | undefined)[]): string[] {
  const plain = texts.map(plainTextOrNull).filter((text) => text !== null)
  return [...new Set(plain)].filter((text) => !/^https?:\/\//.test(text))
}

const bylines =
  '.wp-block-post-author__name, .author.vcard .fn, a[rel~="author"], .byline .author, .p-author'

function bylineOf(page: Page): string | null {
  return page.querySelector(bylines)?.textContent ?? null
}

const times =
  '.wp-block-post-date time, time.entry-date, time[itemprop="datePublished"], article time, main time'

function timeOf(page: Page): string | null {
  return attributeOf(page, times, 'datetime')
}
