import type { AtomFeed, JsonFeed, RdfFeed, RssFeed } from 'feedsmith'
import { textOfHtml } from '../articles/clean.ts'
import { momentOf } from '../articles/moment.ts'
import { plainText, plainTextOrNull } from '../articles/text.ts'
import { Problem } from '../locale/problem.ts'
import { webAddressOrNull } from '../net/address.ts'
import { feedLinkOf, isHtml } from './html.ts'

/** An item of a feed: a hint that an article is at `url`. Texts are plain, but `description` as the feed has it. */
export interface FeedItem {
  /** The feed's own id for it: guid, Atom id. */
  id: string | null
  url: string
  title: string | null
  /** ISO 8601, UTC. */
  publishedAt: string | null
  /** Categories and tags: feeds do not tell them apart. */
  categories: string[]
  /** The summary, never the whole text. HTML or text, often cut by machine. */
  description: string | null
  author: string | null
}

/** A feed as it was at one moment, newest item first. */
export interface Feed {
  title: string | null
  items: FeedItem[]
}

/** An item before its address is known to be one. */
type Draft = Omit<FeedItem, 'url'> & { url: string | null }

/**
 * Parses RSS, Atom, RDF or JSON Feed; `url` is where it was read, for relative links. Items without an address are
 * left out. Throws a `Problem`: `feed-is-html` (a page, perhaps with the feed's address), `feed-broken`.
 */
export async function parseFeed(text: string, url: string): Promise<Feed> {
  const { title, items } = await readFeed(text, url)
  const found = items.flatMap((item) => (item.url === null ? [] : [{ ...item, url: item.url }]))
  // Undated items only have the feed's own order.
  const dated = found.every((item) => item.publishedAt !== null)
  const newestFirst = dated
    ? found.toSorted((a, b) => (b.publishedAt ?? '').localeCompare(a.publishedAt ?? ''))
    : found
  return { title: plainTextOrNull(title), items: newestFirst }
}

async function readFeed(
  text: string,
  url: string,
): Promise<{ title: string | undefined; items: Draft[] }> {
  const { parseFeed: parse } = await import('feedsmith')
  try {
    const { format, feed } = parse(text)
    if (format === 'json') {
      return { title: feed.title, items: (feed.items ?? []).map((item) => jsonItem(item, url)) }
    }
    if (format === 'atom') {
      const base = webAddressOrNull(feed.xml?.base, url) ?? url
      const items = await Promise.all((feed.entries ?? []).map((entry) => atomItem(entry, base)))
      return { title: feed.title?.value, items }
    }
    const base = webAddressOrNull(feed.link, url) ?? url
    if (format === 'rdf') {
      return { title: feed.title, items: (feed.items ?? []).map((item) => rdfItem(item, base)) }
    }
    return { title: feed.title, items: (feed.items ?? []).map((item) => rssItem(item, base)) }
  } catch {
    if (isHtml(text))
      throw new Problem('feed-is-html', { address: url, feed: await feedLinkOf(text, url) })
    throw new Problem('feed-broken', { address: url })
  }
}

type Partly<T> = { [K in keyof T]?: T[K] | undefined }

function rssItem(item: Partly<RssFeed.Item<string>>, base: string): Draft {
  const id = item.guid?.value ?? null
  const permanent = item.guid?.isPermaLink === false ? null : id
  const linked = item.link ?? item.atom?.links?.find(isAlternate)?.href
  return {
    id,
    // A guid that is no address must not become one relative to the feed.
    url: webAddressOrNull(linked, base) ?? webAddressOrNull(permanent),
    title: plainTextOrNull(item.title),
    publishedAt: momentOf(item.pubDate ?? item.dc?.dates?.[0] ?? item.atom?.published),
    categories: names([
      ...(item.categories ?? []).map(({ name }) => name),
      ...(item.dc?.subjects ?? []),
    ]),
    description: item.description ?? null,
    author: plainTextOrNull(item.dc?.creators?.[0] ?? item.authors?.[0]?.name),
  }
}

function rdfItem(item: Partly<RdfFeed.Item<string>>, base: string): Draft {
  return {
    id: item.rdf?.about ?? null,
    url: webAddressOrNull(item.link ?? item.rdf?.about, base),
    title: plainTextOrNull(item.title),
    publishedAt: momentOf(item.dc?.dates?.[0]),
    categories: names(item.dc?.subjects ?? []),
    description: item.description ?? null,
    author: plainTextOrNull(item.dc?.creators?.[0]),
  }
}

async function atomItem(entry: Partly<AtomFeed.Entry<string>>, feedBase: string): Promise<Draft> {
  const base = webAddressOrNull(entry.xml?.base, feedBase) ?? feedBase
  const links = (entry.links ?? []).filter(isAlternate)
  const link = links.find(({ type }) => !type || type.includes('html')) ?? links[0]
  const title = entry.title?.value ?? ''
  return {
    id: entry.id ?? null,
    url: webAddressOrNull(link?.href, base),
    title:
      (entry.title?.type?.includes('html') ? await textOfHtml(title) : plainText(title)) || null,
    publishedAt: momentOf(entry.published ?? entry.updated),
    categories: names((entry.categories ?? []).map(({ label, term }) => label ?? term)),
    description: entry.summary?.value ?? null,
    author: plainTextOrNull(entry.authors?.[0]?.name),
  }
}

function jsonItem(item: Partly<JsonFeed.Item<string>>, base: string): Draft {
  return {
    id: item.id ?? null,
    url: webAddressOrNull(item.url, base) ?? webAddressOrNull(item.external_url, base),
    title: plainTextOrNull(item.title),
    publishedAt: momentOf(item.date_published),
    categories: names(item.tags ?? []),
    description: item.summary ?? null,
    author: plainTextOrNull(item.authors?.[0]?.name),
  }
}

function isAlternate({ rel }: { rel?: string | undefined }): boolean {
  return rel === undefined || rel === 'alternate'
}

function names(found: readonly (string | undefined)[]): string[] {
  return [...new Set(found.map((name) => plainText(name ?? '')).filter(Boolean))]
}
