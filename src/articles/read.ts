import { isProblem, Problem } from '../locale/problem.ts'
import type { Fetched, GuardedFetch } from '../net/fetch.ts'
import type { Article } from './article.ts'
import { isHome } from './canonical.ts'
import { articleOf } from './assemble.ts'
import { keysOf } from './identity.ts'
import { readPage } from './page.ts'
import { plainText, plainTextOrNull } from './text.ts'
import { readWordPress } from './wordpress.ts'

/** What a feed or hook said of an article before its page was read. Fills what the page lacks. */
export interface Hint {
  guid?: string | null
  url?: string | null
  title?: string | null
  categories?: readonly string[]
  /** HTML or text. */
  description?: string | null
  author?: string | null
  publishedAt?: string | null
}

/** How an article is read. */
export interface ReadOptions {
  fetch: GuardedFetch
  hint?: Hint | null
  /** Selectors of junk in this source's pages, beside those that ship. */
  remove?: readonly string[]
  signal?: AbortSignal
}

/** In characters; what is longer was never meant to be one. */
const longestTitle = 5000

/** An article, and every key it is known by (`identity.ts`). */
export interface ReadArticle {
  article: Article
  keys: string[]
}

/**
 * Reads the article at an address: its page, and the site's JSON of it where the page links to that.
 * Throws a `Problem`: `article-not-found` (404, 410), `not-an-article`, `article-protected`, and those of the fetch.
 */
export async function readArticle(url: string, options: ReadOptions): Promise<ReadArticle> {
  const { fetch, hint = null, remove = [], signal } = options
  const answer = await fetchPage(url, fetch, signal)
  const address = answer.url
  const page = await readPage(answer.text(), address, remove)
  const post = page.json && (await readWordPress(page.json, fetch, signal))
  if (post ? post.protected : page.protected) throw new Problem('article-protected', { address })
  // An untitled post's page has only the site's name.
  const found = (post ? post.title : page.title) ?? plainTextOrNull(hint?.title)
  const title = found && plainText(found.slice(0, longestTitle))
  const single = post ? post.article : page.article
  const certain = title !== null || post !== null || hint !== null
  if (!single || !certain || isHome(new URL(page.canonical)))
    throw new Problem('not-an-article', { address })
  const article = await articleOf({ title, page, post, hint, remove })
  if (!article.title) throw new Problem('not-an-article', { address })
  const addresses = [url, address, page.canonical, page.shortLink, post?.link, hint?.url]
  return { article, keys: keysOf({ addresses, guid: hint?.guid, site: post?.key }) }
}

const gone = [404, 410]
const pageTypes = /^(?:text\/html|application\/xhtml\+xml|text\/plain|application\/octet-stream)\b/i

async function fetchPage(url: string, fetch: GuardedFetch, signal?: AbortSignal): Promise<Fetched> {
  try {
    const answer = await fetch.get(url, signal ? { signal } : {})
    const type = answer.headers.get('content-type') ?? 'text/html'
    if (!pageTypes.test(type)) throw new Problem('not-an-article', { address: answer.url })
    return answer
  } catch (error) {
    if (isProblem(error, 'http-status') && gone.includes(error.facts.status)) {
      throw new Problem('article-not-found', { address: url })
    }
    throw error
  }
}
