import { setTimeout as wait } from 'node:timers/promises'
import type { Keep } from '../keep.ts'
import type { Readers } from '../readers.ts'
import type { KeptPost } from '../stand-in.ts'
import type { Window } from '../window.ts'
import { type Member, shownAccount } from './accounts.ts'
import { plain } from './content.ts'
import { countOf } from './count.ts'
import type { Keys } from './keys.ts'
import { piecesOf } from './pieces.ts'
import { refused, unexpected, within } from './refusals.ts'
import { type Wanted, wantedOf } from './status.ts'

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
  const { keep, keys, postingMs, posts, readers } = instance
  const wanted = wantedOf(fields)
  const stands = (one: string) =>
    !readers.isRemoved(one) && keep.posts().some(({ id }) => id === one)
  if (wanted.parent !== null && !stands(wanted.parent)) throw refused('noParent')
  const before = key === null ? null : keys.find(author.id, key, at)
  if (before !== null && !stands(before)) throw refused('noStatus')
  if (before !== null) return { post: again(before, keep), headers: {} }
  check(wanted, { origin, instance })
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
      requests: 1,
      edits: 0,
    } as const
    keep.put(post)
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

function check(wanted: Wanted, { origin, instance }: { origin: string; instance: Instance }): void {
  const { text, warning, media, mentions } = wanted
  if (media.length > MOST_FILES) throw refused('manyFiles')
  if (media[0] !== undefined) throw refused('noMedia', media.join(', '))
  if (text === '') throw refused('blank')
  if (countOf(text, warning) > instance.maxCharacters)
    throw refused('tooLong', String(instance.maxCharacters))
  const pieces = piecesOf(text)
  const barred = pieces.flatMap((piece) =>
    piece.kind === 'hashtag' && instance.disallowedHashtags.includes(plain(piece.name))
      ? [plain(piece.name)]
      : [],
  )
  if (barred.length > 0) throw refused('badTag', barred.join(', '))
  if (mentions === null) return
  const { host: own } = new URL(origin)
  const named = instance.members.filter((member) =>
    pieces.some(
      (piece) =>
        piece.kind === 'mention' &&
        piece.user.toLowerCase() === member.username.toLowerCase() &&
        (piece.host === null || piece.host === own),
    ),
  )
  const surprised = named.filter(({ id }) => !mentions.includes(id))
  if (surprised.length > 0) throw unexpected(surprised.map((one) => shownAccount(one, origin)))
}

/** Mastodon's ids begin with the milliseconds since 1970, so that `min_id` can be made from a time. */
function newId(posts: readonly KeptPost[], at: Date): string {
  const byTime = BigInt(at.getTime()) << 16n
  const last = BigInt(posts.at(-1)?.id ?? 0)
  return String(last >= byTime ? last + 1n : byTime)
}
