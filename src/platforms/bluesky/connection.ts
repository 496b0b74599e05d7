import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import { openWire, type Trace } from '../../net/wire.ts'
import { PlatformError } from '../error.ts'
import type { Operation } from '../failure.ts'
import type { Connection, Syndication, Vault } from '../platform.ts'
import { keyOf } from './address.ts'
import { appviewOf, openCall } from './appview.ts'
import { countsOf, seenPosts } from './counts.ts'
import type { BlueskyCredentials } from './credentials.ts'
import { classify, isAbsent } from './errors.ts'
import { limits } from './limits.ts'
import { addressOf, checked, POST, recordOf } from './record.ts'
import { openSessions } from './session.ts'

/** Lexicon app.bsky.feed.getPosts: more are refused. */
const AT_ONCE = 25
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
  const failed = (operation: Operation, trace: Trace, thrown: unknown): PlatformError =>
    classify({ operation, trace, thrown, secrets: sessions.secrets(), now: clock() })

  const appview = appviewOf(credentials)
  /** Asks the AppView about posts: openly where it is open, else through the account's own server. */
  const view = async (asked: readonly Syndication[], signal: AbortSignal) => {
    const { agent, trace } =
      appview === null ? await sessions.call(signal) : openCall(wire, Agent, appview, signal)
    const uris = asked.map(({ id }) => id)
    try {
      return seenPosts.parse((await agent.app.bsky.feed.getPosts({ uris }, { signal })).data)
    } catch (thrown) {
      throw failed('other', trace, thrown)
    }
  }
  /** Whether the record is in the repository, which is what decides. */
  const stands = async (rkey: string, signal: AbortSignal): Promise<boolean> => {
    const { agent, trace, did } = await sessions.call(signal)
    try {
      await agent.com.atproto.repo.getRecord({ repo: did, collection: POST, rkey }, { signal })
      return true
    } catch (thrown) {
      if (isAbsent(thrown)) return false
      throw failed('other', trace, thrown)
    }
  }

  return {
    check: async (signal) => {
      const { agent, trace } = await sessions.call(signal)
      const { data } = await agent.com.atproto.server
        .getSession({}, { signal })
        .catch((thrown: unknown) => {
          throw failed('other', trace, thrown)
        })
      if (data.active === false)
        throw new PlatformError('unauthorized', `the account is ${data.status ?? 'not active'}`)
      return {
        identity: data.did,
        title: `@${data.handle}`,
        url: `https://bsky.app/profile/${data.handle}`,
        limits,
      }
    },
    upload: async ({ bytes, mime }, signal) => {
      const { agent, trace } = await sessions.call(signal)
      const { data } = await agent
        .uploadBlob(bytes, { encoding: mime, signal })
        .catch((thrown: unknown) => {
          throw failed('other', trace, thrown)
        })
      return mediaRef.parse(data.blob.toJSON())
    },
    publish: async (draft, publication, signal) => {
      const record = checked(recordOf(draft, publication), { jsonToLex, lexicons })
      const rkey = publication.key
      const { agent, trace, did, handle } = await sessions.call(signal)
      const { data } = await agent.com.atproto.repo
        .putRecord({ repo: did, collection: POST, rkey, record }, { signal })
        .catch((thrown: unknown) => {
          throw failed('publish', trace, thrown)
        })
      return { id: data.uri, cid: data.cid, url: addressOf(did, handle, rkey) }
    },
    engagement: async (asked, signal) => {
      const few = asked.slice(0, AT_ONCE)
      const counts = countsOf(await view(few, signal), few)
      const [first, ...others] = few
      if (first === undefined || others.length > 0 || counts[0] !== null)
        return counts.map((one) => one ?? 'unknown')
      return [(await stands(keyOf(first.id), signal)) ? 'unknown' : 'gone']
    },
    find: async (_draft, _since, signal, key) => {
      if (key === undefined) return 'cannot look'
      const { agent, trace, did, handle } = await sessions.call(signal)
      try {
        const { data } = await agent.com.atproto.repo.getRecord(
          { repo: did, collection: POST, rkey: key },
          { signal },
        )
        return {
          id: data.uri,
          ...(data.cid && { cid: data.cid }),
          url: addressOf(did, handle, key),
        }
      } catch (thrown) {
        if (isAbsent(thrown)) return 'absent'
        throw failed('other', trace, thrown)
      }
    },
    close: () => wire.close(),
  }
}
