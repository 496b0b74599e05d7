import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { type Answer, type Arrival, json } from './answer.ts'
import {
  accountOf,
  bluesky,
  type BlueskyAccount,
  blueskyAccount,
  type Resident,
  shownAccount,
} from './bluesky/accounts.ts'
import { getPosts } from './bluesky/appview.ts'
import { type Blobs, openBlobs, storedBlob } from './bluesky/blobs.ts'
import { limited, refused, within } from './bluesky/refusals.ts'
import { getRecord, putRecord, said } from './bluesky/repo.ts'
import { openSessions, rotation, type Sessions } from './bluesky/sessions.ts'
import { fieldsOf } from './body.ts'
import { serve } from './http.ts'
import { type Keep, openKeep } from './keep.ts'
import { openReaders, type Readers, readersMemory } from './readers.ts'
import type { StandIn, StandInOptions } from './stand-in.ts'
import { openWindow, type Window } from './window.ts'

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

const HOUR = 3600
const FIVE_MINUTES = 300
/** AT putRecord.ts: what a put takes of the hour's points, changed or not. */
const PUT_POINTS = 2
/** AT createSession.ts: logins in five minutes. */
const LOGINS = 30

const memory = z.union([
  z.strictObject({ blob: storedBlob }),
  z.strictObject({ rotation }),
  z.strictObject({ readers: readersMemory }),
])
type Memory = z.infer<typeof memory>

interface Server {
  accounts: readonly Resident[]
  sessions: Sessions
  blobs: Blobs
  keep: Keep<Memory>
  readers: Readers
  points: Window
  logins: Window
}

/** Starts the stand-in of a PDS with its AppView: sessions, `uploadBlob`, `putRecord`, `getRecord`, `getPosts`. */
export function startBluesky(options: BlueskyOptions): Promise<StandIn> {
  const { port, clock = () => new Date() } = options
  return serve(port, () => {
    const server = open(options)
    return {
      platform: 'bluesky',
      clock,
      posts: () => server.keep.posts(),
      shown: (path) => path,
      answer: (arrival) => answer(arrival, server),
      doors: server.readers.doors,
    }
  })
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
      past: keep.memories.flatMap((one) => ('blob' in one ? [one.blob] : [])),
      remember: (blob) => keep.remember({ blob }),
    }),
    readers: openReaders(
      keep.memories.flatMap((one) => ('readers' in one ? [one.readers] : [])),
      (readers) => keep.remember({ readers }),
    ),
    points: openWindow(options.pointsPerHour ?? 5000, HOUR * 1000),
    logins: openWindow(LOGINS, FIVE_MINUTES * 1000),
  }
}

type Method = [verb: 'GET' | 'POST', answer: (arrival: Arrival, server: Server) => Promise<Answer>]

const methods: Record<string, Method> = {
  'com.atproto.server.createSession': ['POST', logIn],
  'com.atproto.server.refreshSession': [
    'POST',
    async (arrival, { sessions }) => {
      const { account, ...tokens } = sessions.refresh(arrival)
      return json(200, { ...tokens, ...shownAccount(account) })
    },
  ],
  'com.atproto.server.getSession': [
    'GET',
    async (arrival, { sessions }) => json(200, shownAccount(sessions.enter(arrival))),
  ],
  'com.atproto.repo.uploadBlob': [
    'POST',
    async (arrival, { sessions, blobs }) => {
      const { cid, mimeType, size } = blobs.upload(writer(arrival, sessions).did, arrival)
      return json(200, { blob: { $type: 'blob', ref: { $link: cid }, mimeType, size } })
    },
  ],
  'com.atproto.repo.putRecord': [
    'POST',
    async (arrival, server) => {
      const account = writer(arrival, server.sessions)
      const allowance = server.points.spend(account.did, PUT_POINTS, arrival.at)
      const headers = within(allowance, HOUR, arrival.at)
      const put = await putRecord(await input(arrival), arrival.at, { ...server, account })
      return limited(put, headers)
    },
  ],
  'app.bsky.feed.getPosts': ['GET', async (arrival, server) => getPosts(arrival, server)],
  'com.atproto.repo.getRecord': ['GET', async (arrival, server) => getRecord(arrival, server)],
}

async function answer(arrival: Arrival, server: Server): Promise<Answer> {
  const [verb, carryOut] = methods[arrival.path.replace(/^\/xrpc\//, '')] ?? []
  if (!verb || !carryOut) throw refused('noMethod')
  if (arrival.method !== verb) throw refused('badVerb', `(${arrival.method}) expected ${verb}`)
  return carryOut(arrival, server)
}

const login = z.object({ identifier: z.string(), password: z.string() })

async function logIn(arrival: Arrival, { accounts, sessions, logins }: Server): Promise<Answer> {
  const { data, error } = login.safeParse(await input(arrival))
  if (!data) throw refused('badInput', said(error, 'Input'))
  const allowance = logins.spend(data.identifier.toLowerCase(), 1, arrival.at)
  const headers = within(allowance, FIVE_MINUTES, arrival.at)
  const account = accountOf(accounts, data.identifier)
  if (account?.appPassword !== data.password) throw refused('badLogin')
  if (account.state === 'takendown') throw refused('takendown')
  return limited(
    json(200, { ...sessions.create(account, arrival.at), ...shownAccount(account) }),
    headers,
  )
}

function writer(arrival: Arrival, sessions: Sessions): Resident {
  const account = sessions.enter(arrival)
  if (account.state === 'deactivated') throw refused('deactivated')
  return account
}

async function input(arrival: Arrival): Promise<Record<string, unknown>> {
  const fields = await fieldsOf(arrival)
  if (fields === null) throw refused('badInput', 'Input could not be read as JSON')
  return fields
}
