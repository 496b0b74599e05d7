import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { type Answer, type Arrival, bearer, Refused } from './answer.ts'
import { serve } from './http.ts'
import { openKeep } from './keep.ts'
import { mastodon, type MastodonAccount, membersOf } from './mastodon/accounts.ts'
import { type Idempotency, openKeys, storedKey } from './mastodon/keys.ts'
import { type MediaOrder, mediaOrder, openMedia, storedMedia } from './mastodon/media.ts'
import type { Instance } from './mastodon/publish.ts'
import { within } from './mastodon/refusals.ts'
import { route } from './mastodon/routes.ts'
import { openReaders, overHttp, type ReaderDoors, readersMemory } from './readers.ts'
import type { StandIn, StandInOptions } from './stand-in.ts'
import { openWindow, type Window } from './window.ts'

export { mastodon, type MastodonAccount } from './mastodon/accounts.ts'

export interface MastodonOptions extends StandInOptions {
  /** Else the one of `mastodon`. */
  accounts?: readonly MastodonAccount[]
  /** Else `honoured`. */
  idempotency?: Idempotency
  /** Else 500. */
  maxCharacters?: number
  disallowedHashtags?: readonly string[]
  /** How long the server works on a post, in milliseconds; else 5. */
  postingMs?: number
  /** Posts an account may make in three hours; else 300 (M rate_limiter.rb). */
  postsPer3Hours?: number
  /** False: a server before 4.3, which gives one status at a time. */
  severalAtOnce?: boolean
  /** False: a server before 4.5, which counts no quotes. */
  quotes?: boolean
  clock?: Clock
}

/** The stand-in of Mastodon, with what readers do. */
export interface MastodonStandIn extends StandIn, ReaderDoors {
  /** The next upload is processed for so many questions, or in vain; also `POST /_/media`. Throws why not. */
  media(order: MediaOrder): void
}

/** M rack_attack.rb: requests of one token in five minutes. */
const REQUESTS = { limit: 300, everyMs: 5 * 60 * 1000 }
const UPLOADS = { limit: 30, everyMs: 30 * 60 * 1000 }
const DELETES = UPLOADS
const POSTS = { limit: 300, everyMs: 3 * 60 * 60 * 1000 }

interface Server extends Instance {
  requests: Window
}

/** Starts the stand-in of a Mastodon 4.5: statuses, whose they are, and what the instance allows. */
export async function startMastodon(options: MastodonOptions): Promise<MastodonStandIn> {
  const { port, clock = () => new Date() } = options
  const opened: { doors?: ReaderDoors & Pick<MastodonStandIn, 'media'> } = {}
  const standIn = await serve(port, () => {
    const server = open(options)
    const { readers, media } = server
    opened.doors = { ...readers.doors, media: (order) => media.order(order) }
    return {
      platform: 'mastodon',
      clock,
      posts: () => server.keep.posts(),
      isRemoved: ({ id }) => readers.isRemoved(id),
      shown: (path) => path,
      answer: (arrival) => answer(arrival, server),
      doors: {
        ...overHttp(readers.doors),
        'POST media': (order) => media.order(mediaOrder.parse(order)),
      },
    }
  })
  if (!opened.doors) throw new Error('not opened')
  return { ...standIn, ...opened.doors }
}

function open(options: MastodonOptions): Server {
  const memory = z.union([
    z.strictObject({ key: storedKey }),
    z.strictObject({ media: storedMedia }),
    z.strictObject({ readers: readersMemory }),
  ])
  const keep = openKeep('mastodon', options.file, memory)
  return {
    members: membersOf(options.accounts ?? [mastodon]),
    keep,
    keys: openKeys(options.idempotency ?? 'honoured', {
      past: keep.memories.flatMap((one) => ('key' in one ? [one.key] : [])),
      remember: (key) => keep.remember({ key }),
      repeated: (id) => {
        const post = keep.posts().find((one) => one.id === id)
        if (post) keep.put({ ...post, requests: post.requests + 1 })
      },
    }),
    media: openMedia({
      past: keep.memories.flatMap((one) => ('media' in one ? [one.media] : [])),
      remember: (media) => keep.remember({ media }),
    }),
    uploads: openWindow(UPLOADS.limit, UPLOADS.everyMs),
    deletes: openWindow(DELETES.limit, DELETES.everyMs),
    readers: openReaders({
      posts: () => keep.posts(),
      past: keep.memories.flatMap((one) => ('readers' in one ? [one.readers] : [])),
      remember: (readers) => keep.remember({ readers }),
    }),
    quotes: options.quotes ?? true,
    severalAtOnce: options.severalAtOnce ?? true,
    maxCharacters: options.maxCharacters ?? 500,
    disallowedHashtags: options.disallowedHashtags ?? [],
    postingMs: options.postingMs ?? 5,
    posts: openWindow(options.postsPer3Hours ?? POSTS.limit, POSTS.everyMs),
    requests: openWindow(REQUESTS.limit, REQUESTS.everyMs),
  }
}

/** Every answer carries the limit nearest to its end; a post's own headers go before. */
async function answer(arrival: Arrival, server: Server): Promise<Answer> {
  const spent = server.requests.spend(bearer(arrival) ?? '', 1, arrival.at)
  const headers = within(spent)
  const withHeaders = (one: Answer) => ({ ...one, headers: { ...headers, ...one.headers } })
  try {
    return withHeaders(await route(arrival, server))
  } catch (error) {
    throw error instanceof Refused ? new Refused(withHeaders(error.answer)) : error
  }
}
