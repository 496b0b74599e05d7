import { type Answer, type Arrival, json } from '../answer.ts'
import type { Keep } from '../keep.ts'
import type { Readers } from '../readers.ts'
import type { Resident } from './accounts.ts'
import { recordCid } from './cid.ts'
import { refused } from './refusals.ts'

/** Lexicon app.bsky.feed.getPosts. */
const MOST = 25

interface View {
  accounts: readonly Resident[]
  keep: Keep<unknown>
  readers: Readers
}

/** `getPosts`, open to everybody: what is missing is left out, and the order is the server's own. */
export function getPosts({ query }: Arrival, { accounts, keep, readers }: View): Answer {
  const uris = query.getAll('uris').concat(query.getAll('uris[]'))
  if (uris.length === 0) throw refused('badInput', 'Error: Params must have the property "uris"')
  if (uris.length > MOST)
    throw refused('badInput', `Error: uris must not have more than ${MOST} elements`)
  const found = keep.posts().filter(({ id }) => uris.includes(id) && !readers.isRemoved(id))
  return json(200, {
    posts: found.map((post) => {
      const author = accounts.find(({ did }) => post.id.startsWith(`at://${did}/`))
      const { likes, reposts, replies, quotes } = readers.of(post.id)
      return {
        uri: post.id,
        cid: recordCid(post.wire),
        author: { did: author?.did, handle: author?.handle },
        record: post.wire,
        replyCount: replies,
        repostCount: reposts,
        likeCount: likes,
        quoteCount: quotes,
        bookmarkCount: 0,
        indexedAt: post.at,
      }
    }),
  })
}
