import { webAddressOrNull } from '../net/address.ts'
import { textOfHtml } from './clean.ts'
import type { Element, Page } from './dom.ts'
import type { LinkedArticle } from './linked-data.ts'
import type { Meta } from './meta.ts'
import { plainText } from './text.ts'
import { isDefaultCategory } from './wordpress.ts'

/** What an article is filed under. */
export interface Terms {
  categories: string[]
  tags: string[]
}

const links =
  'a[rel~="tag"], a[rel~="category"], .taxonomy-category a, .taxonomy-post_tag a, a.p-category'
/** Other articles' terms. */
const elsewhere =
  'aside, nav, .widget, .wp-block-query, .related-posts, .jp-relatedposts, .tagcloud, .wp-block-tag-cloud'
const categoryPath =
  /\/(?:category|categories|categorie|rubrique|rubriques|section|sections|kategorie|categoria)\//i
const tagPath =
  /\/(?:tag|tags|mot|mots|mot-clef|mot-cle|etiquette|etiquettes|schlagwort|etiqueta)\//i
const mostTerms = 50

/** Categories and tags: by the links that the page shows, else as its head says them. */
export async function termsOf(
  page: Page,
  address: string,
  linked: LinkedArticle | null,
  meta: Meta,
): Promise<Terms> {
  const shown = shownTerms(page, address)
  const section = [...meta.all('article:section'), ...(linked?.articleSection ?? [])]
  const keywords = meta.all('article:tag').length
    ? meta.all('article:tag')
    : (linked?.keywords ?? [])
  return {
    categories: shown.categories.length ? shown.categories : await namesOf(section),
    tags: shown.tags.length ? shown.tags : await namesOf(keywords),
  }
}

function shownTerms(page: Page, address: string): Terms {
  const terms: Terms = { categories: [], tags: [] }
  for (const link of page.querySelectorAll(links)) {
    const name = plainText(link.textContent ?? '').replace(/^#/, '')
    const url = URL.parse(webAddressOrNull(link.getAttribute('href'), address) ?? '')
    if (!name || !url || link.closest(elsewhere)) continue
    const slug = url.pathname.replace(/\/$/, '').split('/').at(-1) ?? ''
    const list = isCategory(link, url) ? terms.categories : terms.tags
    if (!isDefaultCategory(slug) && !list.includes(name) && list.length < mostTerms) list.push(name)
  }
  return terms
}

/** Themes mark both kinds as tags, so the address tells them apart. */
function isCategory(link: Element, url: URL): boolean {
  const path = `${url.pathname}/`
  if (categoryPath.test(path) || url.searchParams.has('cat')) return true
  if (tagPath.test(path) || url.searchParams.has('tag')) return false
  if (link.closest('.taxonomy-category, .cat-links')) return true
  return / category | category$|^category/.test(` ${link.getAttribute('rel') ?? ''}`)
}

async function namesOf(names: readonly string[]): Promise<string[]> {
  const plain = await Promise.all(names.slice(0, mostTerms).map(textOfHtml))
  return [...new Set(plain)].filter((name) => name && !isDefaultCategory(name.toLowerCase()))
}
