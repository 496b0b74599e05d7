import { z } from 'zod'
import type { Counts, Syndication } from '../platform.ts'

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

/** What readers did with each, in the order asked for; null for one that was left out. Nobody counts views. */
export function countsOf(
  { posts }: z.infer<typeof seenPosts>,
  asked: readonly Syndication[],
): (Counts | null)[] {
  const byUri = new Map(posts.map((post) => [post.uri, post]))
  return asked.map(({ id }) => {
    const post = byUri.get(id)
    if (post === undefined) return null
    return {
      likes: post.likeCount,
      reposts: post.repostCount,
      replies: post.replyCount,
      quotes: post.quoteCount,
      views: null,
      rounded: [],
    }
  })
}
