import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import type { SiteArticle } from './article.ts'
import { pathOf, type Site, uploadOf } from './content.ts'
import { feedXml } from './feed.ts'
import { postJson, UNKNOWN_POST } from './json.ts'
import { articlePage, homePage, missingPage } from './page.ts'

/** What the sample site says to one request. */
export interface Answer {
  status: number
  headers?: Record<string, string>
  body?: string | Buffer
}

const IMAGES = ['ecluse.jpg', 'presse.jpg', 'nuit.jpg']
const HTML = { 'content-type': 'text/html; charset=UTF-8' }

/** Finds what an address of the sample site stands for, as WordPress' routes do. */
export async function answer(
  request: IncomingMessage,
  articles: SiteArticle[],
  site: Site,
): Promise<Answer> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { status: 405, headers: { allow: 'GET, HEAD' } }
  }
  const { pathname, searchParams } = new URL(request.url ?? '/', site.origin)
  const path = pathname.toLowerCase()
  if (path === '/_/identity') return { status: 200, body: JSON.stringify({ program: 'crieur' }) }
  if (path === '/feed/') return feed(request, articles, site)
  if (path.startsWith('/wp-json/wp/v2/posts/')) {
    return json(path, articles, site, searchParams.has('_embed'))
  }
  if (path.startsWith('/wp-content/')) return image(path, site)
  if (path === '/') return home(searchParams.get('p'), articles, site)
  const article = articles.find((one) => pathOf(one) === path)
  if (article)
    return { status: 200, headers: articleHeaders(article, site), body: articlePage(article, site) }
  const slashed = `${path}/`
  if (slashed === '/feed/' || articles.some((one) => pathOf(one) === slashed))
    return moved(slashed, site)
  return missing(site)
}

function home(id: string | null, articles: SiteArticle[], site: Site): Answer {
  if (id === null) return { status: 200, headers: HTML, body: homePage(articles, site) }
  const article = articles.find((one) => String(one.id) === id)
  return article ? moved(pathOf(article), site) : missing(site)
}

function moved(path: string, { origin }: Site): Answer {
  return {
    status: 301,
    headers: { ...HTML, location: origin + path, 'x-redirect-by': 'WordPress' },
  }
}

function missing(site: Site): Answer {
  return { status: 404, headers: HTML, body: missingPage(site) }
}

function articleHeaders(article: SiteArticle, { origin }: Site): Record<string, string> {
  const api = `${origin}/wp-json/`
  const links = [
    `<${api}>; rel="https://api.w.org/"`,
    `<${api}wp/v2/posts/${article.id}>; rel="alternate"; type="application/json"`,
    `<${origin}/?p=${article.id}>; rel=shortlink`,
  ]
  return { ...HTML, link: links.join(', ') }
}

function json(path: string, articles: SiteArticle[], site: Site, embed: boolean): Answer {
  const article = articles.find(({ id }) => path === `/wp-json/wp/v2/posts/${id}`)
  return {
    status: article ? 200 : 404,
    headers: { 'content-type': 'application/json; charset=UTF-8' },
    body: JSON.stringify(article ? postJson(article, site, embed) : UNKNOWN_POST),
  }
}

async function image(path: string, site: Site): Promise<Answer> {
  const file = IMAGES.find((name) => uploadOf(name) === path)
  if (!file) return missing(site)
  const body = await readFile(new URL(file, import.meta.url))
  return { status: 200, headers: { 'content-type': 'image/jpeg' }, body }
}

/** A validator that is sent back is compared as RFC 9110 asks: the ETag decides where both are given. */
function feed({ headers }: IncomingMessage, articles: SiteArticle[], site: Site): Answer {
  const changedAt = Math.max(0, ...articles.map(({ publishedAt }) => Date.parse(publishedAt)))
  const body = feedXml(articles, site, changedAt)
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`
  const validators = { etag, 'last-modified': new Date(changedAt).toUTCString() }
  const known = headers['if-none-match']
    ? headers['if-none-match'].includes(etag)
    : Date.parse(headers['if-modified-since'] ?? '') >= changedAt
  if (known) return { status: 304, headers: validators }
  return {
    status: 200,
    headers: { ...validators, 'content-type': 'application/rss+xml; charset=UTF-8' },
    body,
  }
}
