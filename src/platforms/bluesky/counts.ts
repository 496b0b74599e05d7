import { z } from 'zod'
import type { Counted, Counts, Syndication } from '../platform.ts'

/** Lexicon app.bsky.feed.getPosts: more at once are refused. */
export const AT_ONCE = 25

/** A count that the AppView may leave out, or tell in a way nobody can count with. */
const count = z.number().int().nonnegative().nullable().catch(null).default(null)

/** `app.bsky.feed.getPosts`, as far as it is used; it leaves missing posts out and keeps no order. */
export const seenPosts = z.object({
  posts: z.array(
    z.object({
      uri: z.string(),
      likeCount: count,
      repostCount: count,
      replyCount: count,
      quoteCount: count,
    }),
  ),
})
type SeenPosts = z.infer<typeof seenPosts>

/** The two places that know of a post. */
export interface Places {
  /** What the AppView shows of these. */
  view(uris: string[], signal: AbortSignal): Promise<SeenPosts>
  /** `gone` where the account's repository surely lacks it. */
  missing(uri: string, signal: AbortSignal): Promise<'gone' | 'unknown'>
}

/** Counts posts through one connection. One that the AppView shows to nobody may still stand: the repository decides. */
export function openCounter({ view, missing }: Places) {
  return async (asked: readonly Syndication[], signal: AbortSignal): Promise<Counted[]> => {
    const few = asked.slice(0, AT_ONCE)
    const [first, ...others] = few
    if (first === undefined) return []
    const seen = await view(
      few.map(({ id }) => id),
      signal,
    )
    const counts = few.map(({ id }) => countsOf(seen, id) ?? 'unknown')
    if (others.length > 0 || counts[0] !== 'unknown') return counts
    return [await missing(first.id, signal)]
  }
}

/** What readers did with one; null where it was left out. Views nobody counts. */
function countsOf({ posts }: SeenPosts, uri: string): Counts | null {
  const post = posts.find((one) => one.uri === uri)
  if (post === undefined) return null
  return {
    likes: post.likeCount,
    reposts: post.repostCount,
    replies: post.replyCount,
    quotes: post.quoteCount,
    views: null,
    rounded: [],
  }
}
