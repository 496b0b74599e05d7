import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { type Answer, type Arrival, bearer, json, Refused } from './answer.ts'
import { fieldsOf } from './body.ts'
import { serve } from './http.ts'
import { openKeep } from './keep.ts'
import {
  mastodon,
  type MastodonAccount,
  type Member,
  membersOf,
  shownOwner,
} from './mastodon/accounts.ts'
import { instanceInfo } from './mastodon/instance.ts'
import { type Idempotency, openKeys, storedKey } from './mastodon/keys.ts'
import { type Instance, publish } from './mastodon/publish.ts'
import { refused, within } from './mastodon/refusals.ts'
import { pageOf, shownStatus } from './mastodon/status.ts'
import { counted, listed, several, visible } from './mastodon/timeline.ts'
import { allowed, memberOf } from './mastodon/tokens.ts'
import { openReaders, readersMemory } from './readers.ts'
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

/** M rack_attack.rb: requests of one token in five minutes. */
const REQUESTS = { limit: 300, everyMs: 5 * 60 * 1000 }
const POSTS = { limit: 300, everyMs: 3 * 60 * 60 * 1000 }

interface Server extends Instance {
  requests: Window
  severalAtOnce: boolean
}

/** Starts the stand-in of a Mastodon 4.5: statuses, whose they are, and what the instance allows. */
export function startMastodon(options: MastodonOptions): Promise<StandIn> {
  const { port, clock = () => new Date() } = options
  return serve(port, () => {
    const server = open(options)
    return {
      platform: 'mastodon',
      clock,
      posts: () => server.keep.posts(),
      shown: (path) => path,
      answer: (arrival) => answer(arrival, server),
      doors: server.readers.doors,
    }
  })
}

function open(options: MastodonOptions): Server {
  const memory = z.union([
    z.strictObject({ key: storedKey }),
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
    readers: openReaders(
      keep.memories.flatMap((one) => ('readers' in one ? [one.readers] : [])),
      (readers) => keep.remember({ readers }),
    ),
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

async function route(arrival: Arrival, server: Server): Promise<Answer> {
  const { method, path, origin, query } = arrival
  const member = memberOf(arrival, server.members)
  const [, account] = /^\/api\/v1\/accounts\/(\d+)\/statuses$/.exec(path) ?? []
  const [, status] = /^\/api\/v1\/statuses\/(\d+)$/.exec(path) ?? []
  const [, page] = /^\/@\w+\/(\d+)$/.exec(path) ?? []
  const place = `${method} ${path}`
  if (place === 'GET /api/v2/instance') return json(200, instanceInfo(origin, server.maxCharacters))
  if (place === 'GET /api/v1/accounts/verify_credentials') {
    const own = allowed(member, 'read:accounts', 'profile')
    return json(200, shownOwner(own, origin))
  }
  if (place === 'GET /api/v1/apps/verify_credentials') {
    const { scopes } = allowed(member)
    return json(200, { id: '1', name: 'Crieur', website: null, scopes, redirect_uris: [] })
  }
  if (place === 'POST /api/v1/statuses')
    return post(arrival, allowed(member, 'write:statuses'), server)
  if (method === 'GET' && account !== undefined) {
    if (member) allowed(member, 'read:statuses')
    return listed(account, query, { member, origin, instance: server })
  }
  if (method === 'GET' && status !== undefined) {
    if (member) allowed(member, 'read:statuses')
    return json(200, counted(visible(status, member, server), origin, server))
  }
  if (place === 'GET /api/v1/statuses' && server.severalAtOnce) {
    if (member) allowed(member, 'read:statuses')
    return several(query, { member, origin, instance: server })
  }
  if (method === 'GET' && page !== undefined) {
    const { post: found, author } = visible(page, member, server)
    return pageOf(shownStatus(found, author, origin).content)
  }
  throw refused('noPage')
}

async function post(arrival: Arrival, author: Member, instance: Server): Promise<Answer> {
  const fields = await fieldsOf(arrival)
  if (fields === null) throw refused('malformed', '', { fields: { status: 400 } })
  const { at, origin } = arrival
  const header = arrival.headers['idempotency-key']
  const key = typeof header === 'string' && header !== '' ? header : null
  const made = await publish(fields, key, { author, at, origin, instance })
  return json(200, shownStatus(made.post, author, origin), made.headers)
}
