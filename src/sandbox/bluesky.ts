import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Answer, Arrival } from './answer.ts'
import { bluesky, type BlueskyAccount, blueskyAccount } from './bluesky/accounts.ts'
import { blobMemory, openBlobs } from './bluesky/blobs.ts'
import { FIVE_MINUTES, HOUR, methods, type Server } from './bluesky/methods.ts'
import { refused } from './bluesky/refusals.ts'
import { openSessions, rotation } from './bluesky/sessions.ts'
import { serve } from './http.ts'
import { openKeep } from './keep.ts'
import { openReaders, overHttp, type ReaderDoors, readersMemory } from './readers.ts'
import type { StandIn, StandInOptions } from './stand-in.ts'
import { openWindow } from './window.ts'

export { bluesky, type BlueskyAccount } from './bluesky/accounts.ts'

export interface BlueskyOptions extends StandInOptions {
  /** Else the one of `bluesky`. */
  accounts?: readonly BlueskyAccount[]
  /** How long an access token lives; else 120 minutes (AT account-manager/helpers/auth.ts). */
  accessTokenMinutes?: number
  /** Else 5000 (AT rate-limits.ts). */
  pointsPerHour?: number
  clock?: Clock
}

/** The stand-in of Bluesky, with what readers do. */
export interface BlueskyStandIn extends StandIn, ReaderDoors {
  /** Uploads that no post shows are cleared away, as the server does after a while; also `POST /_/forget-blobs`. */
  forgetBlobs(): void
}

/** AT createSession.ts: logins in five minutes. */
const LOGINS = 30

const memory = z.union([
  blobMemory,
  z.strictObject({ rotation }),
  z.strictObject({ readers: readersMemory }),
])

/** Starts the stand-in of a PDS with its AppView (`bluesky/methods.ts`). */
export async function startBluesky(options: BlueskyOptions): Promise<BlueskyStandIn> {
  const { port, clock = () => new Date() } = options
  const opened: { doors?: ReaderDoors & Pick<BlueskyStandIn, 'forgetBlobs'> } = {}
  const standIn = await serve(port, () => {
    const server = open(options)
    const { blobs, keep, readers } = server
    const standing = () => keep.posts().filter(({ id }) => !readers.isRemoved(id))
    const forgetBlobs = () => blobs.forgetBut(JSON.stringify(standing().map(({ wire }) => wire)))
    opened.doors = { ...readers.doors, forgetBlobs }
    return {
      platform: 'bluesky',
      clock,
      posts: () => keep.posts(),
      isRemoved: ({ id }) => readers.isRemoved(id),
      shown: (path) => path,
      answer: (arrival) => answer(arrival, server),
      doors: { ...overHttp(readers.doors), 'POST forget-blobs': forgetBlobs },
    }
  })
  if (!opened.doors) throw new Error('not opened')
  return { ...standIn, ...opened.doors }
}

function open(options: BlueskyOptions): Server {
  const accounts = (options.accounts ?? [bluesky]).map((one) => blueskyAccount.parse(one))
  const keep = openKeep('bluesky', options.file, memory)
  return {
    accounts,
    keep,
    sessions: openSessions(accounts, {
      accessMinutes: options.accessTokenMinutes ?? 120,
      past: keep.memories.flatMap((one) => ('rotation' in one ? [one.rotation] : [])),
      remember: (one) => keep.remember({ rotation: one }),
    }),
    blobs: openBlobs({
      past: keep.memories.flatMap((one) => ('blob' in one || 'forgotten' in one ? [one] : [])),
      remember: (one) => keep.remember(one),
    }),
    readers: openReaders({
      posts: () => keep.posts(),
      past: keep.memories.flatMap((one) => ('readers' in one ? [one.readers] : [])),
      remember: (readers) => keep.remember({ readers }),
    }),
    points: openWindow(options.pointsPerHour ?? 5000, HOUR * 1000),
    logins: openWindow(LOGINS, FIVE_MINUTES * 1000),
  }
}

async function answer(arrival: Arrival, server: Server): Promise<Answer> {
  const [verb, carryOut] = methods[arrival.path.replace(/^\/xrpc\//, '')] ?? []
  if (!verb || !carryOut) throw refused('noMethod')
  if (arrival.method !== verb) throw refused('badVerb', `(${arrival.method}) expected ${verb}`)
  return carryOut(arrival, server)
}
