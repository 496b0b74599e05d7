import { setTimeout as wait } from 'node:timers/promises'
import type { Keep } from '../keep.ts'
import type { Readers } from '../readers.ts'
import type { KeptPost } from '../stand-in.ts'
import type { Window } from '../window.ts'
import { type Member, shownAccount } from './accounts.ts'
import { plain } from './content.ts'
import { countOf } from './count.ts'
import type { Keys } from './keys.ts'
import { keptPictures, type Media, type StoredMedia } from './media.ts'
import { piecesOf } from './pieces.ts'
import { refused, unexpected, within } from './refusals.ts'
import { namedIn, type Wanted, wantedOf } from './status.ts'

const MOST_FILES = 4

export interface Instance {
  members: readonly Member[]
  keep: Keep<unknown>
  keys: Keys
  maxCharacters: number
  disallowedHashtags: readonly string[]
  /** Between looking a key up and storing the post: the time in which concurrent calls double. */
  postingMs: number
  posts: Window
  readers: Readers
  media: Media
  /** Uploads of an account. */
  uploads: Window
  /** Posts that an account deletes. */
  deletes: Window
  /** Whether it gives several statuses at once (4.3), and counts quotes (4.5). */
  severalAtOnce: boolean
  quotes: boolean
}

/**
 * `POST /api/v1/statuses`, in the order of post_status_service.rb: the reply's target, the key, the checks, the
 * post, and only then the key is stored.
 */
export async function publish(
  fields: Record<string, unknown>,
  key: string | null,
  {
    author,
    at,
    origin,
    instance,
  }: { author: Member; at: Date; origin: string; instance: Instance },
): Promise<{ post: KeptPost; headers: Record<string, string> }> {
  const { keep, keys, media, postingMs, posts, readers } = instance
  const wanted = wantedOf(fields)
  const stands = (one: string) =>
    !readers.isRemoved(one) && keep.posts().some(({ id }) => id === one)
  if (wanted.parent !== null && !stands(wanted.parent)) throw refused('noParent')
  const before = key === null ? null : keys.find(author.id, key, at)
  if (before !== null && !stands(before)) throw refused('noStatus')
  if (before !== null) return { post: again(before, keep), headers: {} }
  const attached = check(wanted, { author, origin, instance })
  const release = key === null ? () => {} : keys.lock(author.id, key)
  try {
    await wait(postingMs)
    const headers = within(posts.spend(author.id, 1, at))
    const id = newId(keep.posts(), at)
    const url = `${origin}/@${author.username}/${id}`
    const post = {
      platform: 'mastodon',
      id,
      url,
      at: at.toISOString(),
      wire: fields,
      pictures: keptPictures(attached),
      requests: 1,
      edits: 0,
    } satisfies KeptPost
    keep.put(post)
    media.attach(attached)
    if (key !== null) keys.store(author.id, key, id, at)
    return { post, headers }
  } finally {
    release()
  }
}

function again(id: string, keep: Keep<unknown>): KeptPost {
  const found = keep.posts().find((post) => post.id === id)
  if (!found) throw refused('noStatus')
  const post = { ...found, requests: found.requests + 1 }
  keep.put(post)
  return post
}

/** Throws what the server refuses of a post; else its pictures. `own`: those that it has already. */
export function check(
  wanted: Wanted,
  { author, origin, instance }: { author: Member; origin: string; instance: Instance },
  own: readonly string[] = [],
): StoredMedia[] {
  const { text, warning, media, mentions } = wanted
  if (media.length > MOST_FILES) throw refused('manyFiles')
  const attached = instance.media.attachable(author.id, media, own)
  if (text === '' && attached.length === 0) throw refused('blank')
  if (countOf(text, warning) > instance.maxCharacters)
    throw refused('tooLong', String(instance.maxCharacters))
  const barred = piecesOf(text).flatMap((piece) =>
    piece.kind === 'hashtag' && instance.disallowedHashtags.includes(plain(piece.name))
      ? [plain(piece.name)]
      : [],
  )
  if (barred.length > 0) throw refused('badTag', barred.join(', '))
  if (mentions === null) return attached
  const named = namedIn(text, instance.members, origin)
  const surprised = named.filter(({ id }) => !mentions.includes(id))
  if (surprised.length > 0) throw unexpected(surprised.map((one) => shownAccount(one, origin)))
  return attached
}

/** Mastodon's ids begin with the milliseconds since 1970, so that `min_id` can be made from a time. */
function newId(posts: readonly KeptPost[], at: Date): string {
  const byTime = BigInt(at.getTime()) << 16n
  const last = BigInt(posts.at(-1)?.id ?? 0)
  return String(last >= byTime ? last + 1n : byTime)
}
