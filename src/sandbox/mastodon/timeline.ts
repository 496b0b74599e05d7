import { type Answer, json } from '../answer.ts'
import type { KeptPost } from '../stand-in.ts'
import type { Member } from './accounts.ts'
import type { Instance } from './publish.ts'
import { refused } from './refusals.ts'
import { shownStatus, wantedOf } from './status.ts'

/** M base_controller.rb: how many statuses at once, and how many unless told. */
const MOST = 40
const USUAL = 20

interface Seen {
  post: KeptPost
  author: Member
}

/** A status as the API shows it, with what readers did. */
export function counted({ post, author }: Seen, origin: string, instance: Instance) {
  const { likes, reposts, replies, quotes } = instance.readers.of(post.id)
  const { quotes_count: _, ...shown } = shownStatus(post, author, origin, instance)
  return {
    ...shown,
    favourites_count: likes,
    reblogs_count: reposts,
    replies_count: replies,
    ...(instance.quotes && { quotes_count: quotes }),
  }
}

/** `GET /api/v1/statuses?id[]=`: those that this reader may see, 20 at most (M base_controller.rb), newest first. */
export function several(
  query: URLSearchParams,
  { member, origin, instance }: { member: Member | null; origin: string; instance: Instance },
): Answer {
  const ids = new Set(query.getAll('id[]'))
  if (ids.size > USUAL) throw refused('manyStatuses')
  const found = [...ids]
    .flatMap((id) => seenBy(member, id, instance) ?? [])
    .toSorted((one, other) => Number(BigInt(other.post.id) - BigInt(one.post.id)))
  return json(
    200,
    found.map((seen) => counted(seen, origin, instance)),
  )
}

/** A status that this reader may see, with its author. Throws 404 for any other. */
export function visible(id: string, reader: Member | null, instance: Instance): Seen {
  const seen = seenBy(reader, id, instance)
  if (!seen) throw refused('noStatus')
  return seen
}

function seenBy(
  reader: Member | null,
  id: string,
  { keep, members, readers }: Instance,
): Seen | null {
  const post = keep.posts().find((one) => one.id === id && !readers.isRemoved(id))
  const author = post && members.find((member) => isBy(member, post))
  return post && author && maySee(post, author, reader) ? { post, author } : null
}

/**
 * `GET /api/v1/accounts/:id/statuses`, newest first. `min_id` takes those right after it, `since_id` the newest
 * after it, `max_id` those before it.
 */
export function listed(
  account: string,
  query: URLSearchParams,
  { member, origin, instance }: { member: Member | null; origin: string; instance: Instance },
): Answer {
  const author = instance.members.find(({ id }) => id === account)
  if (!author) throw refused('noStatus')
  const limit = Math.min(Number(query.get('limit') ?? USUAL) || USUAL, MOST)
  const after = idOf(query, 'min_id') ?? idOf(query, 'since_id')
  const before = idOf(query, 'max_id')
  const own = instance.keep
    .posts()
    .filter((post) => isBy(author, post) && maySee(post, author, member))
    .filter(({ id }) => !instance.readers.isRemoved(id))
    .filter(({ id }) => after === null || BigInt(id) > after)
    .filter(({ id }) => before === null || BigInt(id) < before)
    .filter(({ wire }) => query.get('exclude_replies') !== 'true' || wantedOf(wire).parent === null)
  const chosen = (query.has('min_id') ? own.slice(0, limit) : own.slice(-limit)).toReversed()
  const shown = chosen.map((post) => counted({ post, author }, origin, instance))
  return json(
    200,
    shown,
    linkHeader(chosen, query, `${origin}/api/v1/accounts/${account}/statuses`),
  )
}

/** Where the list goes on, as the official clients follow it. */
function linkHeader(posts: readonly KeptPost[], query: URLSearchParams, url: string) {
  const [newest, oldest] = [posts.at(0), posts.at(-1)]
  const headers: Record<string, string> = {}
  if (!newest || !oldest) return headers
  const to = (name: string, id: string) => {
    const next = new URLSearchParams(query)
    for (const old of ['min_id', 'since_id', 'max_id']) next.delete(old)
    next.set(name, id)
    return `<${url}?${next.toString()}>`
  }
  headers['link'] = `${to('max_id', oldest.id)}; rel="next", ${to('min_id', newest.id)}; rel="prev"`
  return headers
}

function idOf(query: URLSearchParams, name: string): bigint | null {
  const value = query.get(name)
  return value !== null && /^\d+$/.test(value) ? BigInt(value) : null
}

/** Whether a post is this member's. */
export function isBy({ username }: Member, { url }: KeptPost): boolean {
  return new URL(url).pathname.startsWith(`/@${username}/`)
}

/** Followers there are none: what is not public is for its author. */
function maySee({ wire }: KeptPost, author: Member, reader: Member | null): boolean {
  const { visibility } = wantedOf(wire)
  return visibility === 'public' || visibility === 'unlisted' || reader?.id === author.id
}
