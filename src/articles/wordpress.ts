import { z } from 'zod'
import { webAddress, webAddressOrNull } from '../net/address.ts'
import type { GuardedFetch } from '../net/fetch.ts'
import type { Picture } from './article.ts'
import { textOfHtml } from './clean.ts'
import { attributeOf, type Page } from './dom.ts'
import { hostOf, siteKey } from './identity.ts'
import { plainTextOrNull } from './text.ts'

const rendered = z.object({ rendered: z.string(), protected: z.boolean().optional() })
const term = z.object({ name: z.string(), taxonomy: z.string(), slug: z.string().catch('') })
const media = z.object({ source_url: z.string(), alt_text: z.string().catch('') })
const embedded = z.object({
  author: z.array(z.object({ name: z.string() }).or(z.unknown())).catch([]),
  'wp:featuredmedia': z.array(media.or(z.unknown())).catch([]),
  'wp:term': z.array(z.array(term.or(z.unknown()))).catch([]),
})

/** What `/wp-json/wp/v2/posts/4?_embed` answers, as far as we read it. */
const wordpressPost = z.object({
  id: z.number(),
  link: z.string(),
  status: z.string().catch('publish'),
  type: z.string().catch('post'),
  date_gmt: z.string().nullish().catch(null),
  modified_gmt: z.string().nullish().catch(null),
  title: rendered,
  content: rendered.optional(),
  excerpt: rendered.optional(),
  _embedded: embedded.optional(),
})

/** An article as a WordPress site's own interface tells it. Texts are plain but for `content`. */
export interface WordPressPost {
  key: string | null
  link: string | null
  /** Published, and something that is read by itself. */
  article: boolean
  protected: boolean
  title: string | null
  /** HTML. */
  content: string | null
  excerpt: string | null
  image: Picture | null
  categories: string[]
  tags: string[]
  authors: string[]
  publishedAt: string | null
  updatedAt: string | null
}

const timeoutMs = 10_000
const notArticles = new Set(['attachment', 'revision', 'nav_menu_item', 'wp_block', 'wp_template'])

/** Where the page says that its own JSON is, on the same site; null where it says nothing. */
export function jsonAddressOf(page: Page, address: string): URL | null {
  const linked = attributeOf(page, 'link[rel~="alternate"][type="application/json"]', 'href')
  const href = webAddressOrNull(linked, address) ?? addressByShortLink(page, address)
  if (!href) return null
  const url = webAddress(href)
  const site = new URL(address)
  if (hostOf(url) !== hostOf(site)) return null
  // A site behind a proxy may not know that it is served over TLS.
  if (site.protocol === 'https:') url.protocol = 'https:'
  url.searchParams.set('_embed', '1')
  return url
}

/** The interface's root and the short link's id, where the direct link is missing. */
function addressByShortLink(page: Page, address: string): string | null {
  const root = webAddressOrNull(
    attributeOf(page, 'link[rel="https://api.w.org/"]', 'href'),
    address,
  )
  const short = webAddressOrNull(attributeOf(page, 'link[rel="shortlink"]', 'href'), address)
  const id = short && new URL(short).searchParams.get('p')
  return root && id && /^\d+$/.test(id) ? `${root}wp/v2/posts/${id}` : null
}

/** The article's JSON. Null where it cannot be had, which is no reason to give the page up. */
export async function readWordPress(
  url: URL,
  fetch: GuardedFetch,
  signal?: AbortSignal,
): Promise<WordPressPost | null> {
  try {
    const options = { accept: 'application/json', timeoutMs, ...(signal && { signal }) }
    const answer = await fetch.get(url.href, options)
    return await wordpressPostOf(JSON.parse(answer.text()), url)
  } catch (error) {
    if (signal?.aborted) throw error
    return null
  }
}

async function wordpressPostOf(json: unknown, url: URL): Promise<WordPressPost | null> {
  const parsed = wordpressPost.safeParse(json)
  if (!parsed.success) return null
  const post = parsed.data
  const terms = parsed.data._embedded?.['wp:term'].flat() ?? []
  return {
    key: siteKey(siteOf(url), post.id),
    link: webAddressOrNull(post.link, url.href),
    article: post.status === 'publish' && !notArticles.has(post.type),
    protected: post.content?.protected === true,
    title: (await textOfHtml(post.title.rendered)) || null,
    content: post.content?.rendered ?? null,
    excerpt: (await textOfHtml(post.excerpt?.rendered ?? '')) || null,
    image: pictureOf(post._embedded?.['wp:featuredmedia'] ?? [], url),
    categories: await namesOf(terms, 'category'),
    tags: await namesOf(terms, 'post_tag'),
    authors: (post._embedded?.author ?? []).flatMap(nameOf),
    publishedAt: momentOf(post.date_gmt),
    updatedAt: momentOf(post.modified_gmt),
  }
}

/** The site's root, before `/wp-json/` or `?rest_route=`. */
function siteOf(url: URL): string {
  const [root, rest] = url.pathname.split('/wp-json/')
  const path = rest === undefined ? url.pathname : `${root}/`
  return new URL(path.replace(/\/index\.php\/?$/, '/'), url).href
}

async function namesOf(terms: readonly unknown[], taxonomy: string): Promise<string[]> {
  const names = terms.flatMap((found) => {
    const { data } = term.safeParse(found)
    return data?.taxonomy === taxonomy && !isDefaultCategory(data.slug) ? [data.name] : []
  })
  // Names come escaped: «Sciences &amp; arts».
  return (await Promise.all(names.map(textOfHtml))).filter(Boolean)
}

/** The category that WordPress files an article under when nobody chose one, by its slug. */
export function isDefaultCategory(slug: string): boolean {
  return ['uncategorized', 'non-classe', 'uncategorised'].includes(slug)
}

function nameOf(author: unknown): string[] {
  const name = z.object({ name: z.string() }).safeParse(author).data?.name
  return [plainTextOrNull(name)].filter((found) => found !== null)
}

function pictureOf(found: readonly unknown[], url: URL): Picture | null {
  const picture = media.safeParse(found[0]).data
  const address = webAddressOrNull(picture?.source_url, url.href)
  return picture && address ? { url: address, alt: plainTextOrNull(picture.alt_text) } : null
}

/** WordPress writes UTC without saying so. */
function momentOf(gmt: string | null | undefined): string | null {
  const time = Date.parse(`${gmt ?? ''}Z`)
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}
