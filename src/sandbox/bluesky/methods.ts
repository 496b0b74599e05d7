import { z } from 'zod'
import { type Answer, type Arrival, bearer, json } from '../answer.ts'
import { fieldsOf } from '../body.ts'
import type { Keep } from '../keep.ts'
import type { Readers } from '../readers.ts'
import type { Window } from '../window.ts'
import { accountOf, type Resident, shownAccount } from './accounts.ts'
import { getPosts } from './appview.ts'
import type { Blobs } from './blobs.ts'
import { limited, refused, within } from './refusals.ts'
import { deleteRecord, getRecord, putRecord, said } from './repo.ts'
import type { Sessions } from './sessions.ts'

/** What the methods work on. */
export interface Server {
  accounts: readonly Resident[]
  sessions: Sessions
  blobs: Blobs
  keep: Keep<unknown>
  readers: Readers
  /** What writing costs, and logging in. */
  points: Window
  logins: Window
}

export const HOUR = 3600
export const FIVE_MINUTES = 300
/** AT putRecord.ts: what a put takes of the hour's points, changed or not. */
const PUT_POINTS = 2
/** AT deleteRecord.ts. */
const DELETE_POINTS = 1

type Method = [verb: 'GET' | 'POST', answer: (arrival: Arrival, server: Server) => Promise<Answer>]

/** Every method of this stand-in, by its name. */
export const methods: Record<string, Method> = {
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
  'com.atproto.repo.deleteRecord': [
    'POST',
    async (arrival, server) => {
      const account = writer(arrival, server.sessions)
      const allowance = server.points.spend(account.did, DELETE_POINTS, arrival.at)
      const headers = within(allowance, HOUR, arrival.at)
      return limited(deleteRecord(await input(arrival), { ...server, account }), headers)
    },
  ],
  'app.bsky.feed.getPosts': [
    'GET',
    async (arrival, server) => {
      if (bearer(arrival) !== null) server.sessions.enter(arrival)
      return getPosts(arrival, server)
    },
  ],
  'com.atproto.identity.resolveHandle': [
    'GET',
    async ({ query }, { accounts }) => resolveHandle(query.get('handle'), accounts),
  ],
  'com.atproto.repo.getRecord': ['GET', async (arrival, server) => getRecord(arrival, server)],
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

/** AT packages/syntax/src/handle.ts, in short. */
const HANDLE = /^([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z]([a-z\d-]{0,61}[a-z\d])?$/i

/** Nobody lives anywhere but here. */
function resolveHandle(handle: string | null, accounts: readonly Resident[]): Answer {
  if (handle === null) throw refused('badInput', 'Error: Params must have the property "handle"')
  if (!HANDLE.test(handle)) throw refused('badInput', 'Error: handle must be a valid handle')
  const found = accounts.find((one) => one.handle === handle.toLowerCase())
  if (!found) throw refused('noHandle')
  return json(200, { did: found.did })
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
