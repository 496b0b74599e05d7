import type { Article } from '../articles/article.ts'
import { readArticle } from '../articles/read.ts'
import { Problem } from '../locale/problem.ts'
import type { FeedItem } from '../sources/feed.ts'
import {
  type PostPreview,
  type PreviewAccount,
  type PreviewMeans,
  previewPosts,
} from './preview.ts'

/** An article and the posts it would become. */
export interface ArticlePreview {
  article: Article
  posts: PostPreview[]
}

/** What a feed's articles would become, in the feed's order. */
export interface FeedPreview {
  previews: ArticlePreview[]
  /** Why the others could not be read. */
  problems: Problem[]
  /** How many were not looked at: too many, or time was over. */
  leftOut: number
}

/** How much of a feed is read. */
export interface FeedOptions extends PreviewMeans {
  most: number
  /** Selectors of junk in the pages of an address. */
  junkOf(url: string): readonly string[]
}

/** Sites are asked for so many pages at once. */
const AT_ONCE = 3

/** Previews every article of a feed that can be announced. What is done when `signal` says stop is answered. */
export async function previewFeed(
  items: readonly FeedItem[],
  accounts: readonly PreviewAccount[],
  options: FeedOptions,
): Promise<FeedPreview> {
  const chosen = items.slice(0, options.most)
  const done: (ArticlePreview | Problem | null)[] = chosen.map(() => null)
  const waiting = [...chosen.entries()]
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (options.signal?.aborted === true) return
      const [at, item] = next
      done[at] = await previewItem(item, accounts, options)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  const previews = done.flatMap((one) => (one === null || one instanceof Problem ? [] : one))
  const problems = done.filter((one) => one instanceof Problem)
  return { previews, problems, leftOut: items.length - previews.length - problems.length }
}

/** Null where time was over before it was done. */
async function previewItem(
  item: FeedItem,
  accounts: readonly PreviewAccount[],
  options: FeedOptions,
): Promise<ArticlePreview | Problem | null> {
  const { fetch, signal, junkOf } = options
  try {
    const { article } = await readArticle(item.url, {
      fetch,
      hint: { ...item, guid: item.id },
      remove: junkOf(item.url),
      ...(signal && { signal }),
    })
    return { article, posts: await previewPosts(article, accounts, options) }
  } catch (error) {
    if (signal?.aborted === true) return null
    if (error instanceof Problem) return error
    throw error
  }
}
