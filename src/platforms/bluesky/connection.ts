import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import { openWire, type Trace } from '../../net/wire.ts'
import { openAllowance } from '../allowance.ts'
import { PlatformError } from '../error.ts'
import type { Failure, Operation } from '../failure.ts'
import type { Connection, Vault } from '../platform.ts'
import { keyOf } from './address.ts'
import { appviewOf, openCall } from './appview.ts'
import { openCounter, type Places, seenPosts } from './counts.ts'
import type { BlueskyCredentials } from './credentials.ts'
import { classify } from './errors.ts'
import { limits } from './limits.ts'
import { resolved } from './mentions.ts'
import { openRepo } from './repo.ts'
import { openSessions } from './session.ts'

const mediaRef = z.record(z.string(), z.unknown())

/** An account on its PDS. Posts are put under our own key, so that the same call again changes nothing. */
export async function open(
  credentials: BlueskyCredentials,
  vault: Vault,
  { clock, connectMs }: { clock: Clock; connectMs: number },
): Promise<Connection> {
  const { Agent, jsonToLex, lexicons } = await import('@atproto/api')
  const wire = await openWire(connectMs)
  const sessions = openSessions(credentials, vault, { wire, clock, Client: Agent })
  const failed = (
    operation: Operation,
    trace: Trace,
    thrown: unknown,
    more: Pick<Failure, 'culprit'> = {},
  ): PlatformError =>
    classify({ operation, trace, thrown, secrets: sessions.secrets(), now: clock(), ...more })

  /** Who it is, as its server says. Throws `unauthorized` where the account is switched off. */
  const self = async (signal: AbortSignal) => {
    const { agent, trace } = await sessions.call(signal)
    const { data } = await agent.com.atproto.server
      .getSession({}, { signal })
      .catch((thrown: unknown) => {
        throw failed('other', trace, thrown)
      })
    if (data.active === false)
      throw new PlatformError('unauthorized', `the account is ${data.status ?? 'not active'}`)
    return data
  }
  // AT putRecord.ts: a put takes two of the points that the headers count
  const { hear: heard, last } = openAllowance('ratelimit', 2)
  const rules = { jsonToLex, lexicons }
  const repo = openRepo({ sessions, rules, failed, heard, assertActive: self })

  const appview = appviewOf(credentials)
  const view: Places['view'] = async (uris, signal) => {
    const { agent, trace } =
      appview === null ? await sessions.call(signal) : openCall(wire, Agent, appview, signal)
    try {
      return seenPosts.parse((await agent.app.bsky.feed.getPosts({ uris }, { signal })).data)
    } catch (thrown) {
      throw failed('other', trace, thrown)
    }
  }
  const missing: Places['missing'] = async (uri, signal) => {
    const rkey = keyOf(uri, (await sessions.call(signal)).did)
    if (rkey === null) return 'unknown'
    const post = await repo.read(rkey, signal).catch((error: unknown) => {
      if (error instanceof PlatformError && error.kind === 'rejected') return undefined
      throw error
    })
    if (post !== null) return 'unknown'
    await self(signal) // an account that is switched off shows no record to anybody
    return 'gone'
  }

  /** The account that a handle names, as far as our server can tell; null where nobody. */
  const didOf = async (handle: string, signal: AbortSignal): Promise<string | null> => {
    const { agent, trace } = await sessions.call(signal)
    try {
      return (await agent.com.atproto.identity.resolveHandle({ handle }, { signal })).data.did
    } catch (thrown) {
      const error = failed('other', trace, thrown)
      if (error.kind === 'rejected') return null
      throw error
    }
  }

  return {
    check: async (signal) => {
      const { did, handle } = await self(signal)
      return {
        identity: did,
        title: `@${handle}`,
        url: `https://bsky.app/profile/${handle}`,
        limits,
      }
    },
    upload: async ({ bytes, mime }, signal) => {
      const { agent, trace } = await sessions.call(signal)
      const { data } = await agent
        .uploadBlob(bytes, { encoding: mime, signal })
        .catch((thrown: unknown) => {
          throw failed('other', trace, thrown, { culprit: 'pictures' })
        })
      return mediaRef.parse(data.blob.toJSON())
    },
    processed: () => Promise.resolve(),
    resolve: (draft, signal) => resolved(draft, (handle) => didOf(handle, signal)),
    publish: (draft, publication, signal) => repo.put(draft, publication, signal),
    edit: (syndication, draft, publication, signal) =>
      repo.replace(syndication, draft, publication, signal),
    remove: (syndication, signal) => repo.remove(syndication, signal),
    allowance: last,
    engagement: openCounter({ view, missing }),
    find: async (_draft, _since, signal, key) =>
      key === undefined ? 'cannot look' : ((await repo.read(key, signal)) ?? 'absent'),
    close: () => wire.close(),
  }
}
