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

/** An at-uri that names a record (AT packages/syntax/src/aturi_validation.ts, in short). */
const URI = /^at:\/\/[\w.:%-]+\/[a-z][a-z\d.-]+\/[\w.~:@-]+$/i

/** `getPosts`: what is missing, or of an account that is switched off, is left out; the order is the server's own. */
export function getPosts({ query }: Arrival, { accounts, keep, readers }: View): Answer {
  const uris = query.getAll('uris')
  if (uris.length === 0) throw refused('badInput', 'Error: Params must have the property "uris"')
  if (uris.length > MOST)
    throw refused('badInput', `Error: uris must not have more than ${MOST} elements`)
  const wrong = uris.findIndex((uri) => !URI.test(uri))
  if (wrong >= 0) throw refused('badInput', `Error: uris/${wrong} must be a valid at-uri`)
  const found = keep
    .posts()
    .filter(({ id }) => uris.includes(id) && !readers.isRemoved(id))
    .flatMap((post) => {
      const author = accounts.find(({ did }) => post.id.startsWith(`at://${did}/`))
      return author?.state === 'active' ? [{ post, author }] : []
    })
  return json(200, {
    posts: found.map(({ post, author }) => {
      const { likes, reposts, replies, quotes } = readers.of(post.id)
      return {
        uri: post.id,
        cid: recordCid(post.wire),
        author: { did: author.did, handle: author.handle },
        record: post.wire,
        bookmarkCount: 0,
        replyCount: replies,
        repostCount: reposts,
        likeCount: likes,
        quoteCount: quotes,
        indexedAt: post.at,
      }
    }),
  })
}
