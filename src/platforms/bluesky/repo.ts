import type { Trace } from '../../net/wire.ts'
import type { Draft } from '../../posts/post.ts'
import { PlatformError } from '../error.ts'
import type { Operation } from '../failure.ts'
import type { Publication, Syndication } from '../platform.ts'
import { keyOf } from './address.ts'
import { isAbsent, isSwapped } from './errors.ts'
import { addressOf, checked, POST, recordOf, type Rules } from './record.ts'
import type { Sessions } from './session.ts'

/** The account's posts in its own repository. */
export interface Repo {
  /** The post under this key; null where there is none. */
  read(rkey: string, signal: AbortSignal): Promise<Syndication | null>
  /** `putRecord`: the same again changes nothing, and one that was deleted stands again. */
  put(draft: Draft, publication: Publication, signal: AbortSignal): Promise<Syndication>
  /** The same only where one stands. Throws `rejected` with `gone` where none does. */
  replace(
    known: Syndication,
    draft: Draft,
    publication: Publication,
    signal: AbortSignal,
  ): Promise<Syndication>
  /** `deleteRecord`; none there is what was wanted. */
  remove(post: Syndication, signal: AbortSignal): Promise<void>
}

/** A record as `putRecord` takes it; with `swapRecord` only over the one that has this content hash. */
interface Entry {
  rkey: string
  record: Record<string, unknown>
  swapRecord?: string
}

interface Means {
  sessions: Sessions
  rules: Rules
  /** A failed call as `PlatformError`. */
  failed(operation: Operation, trace: Trace, thrown: unknown): PlatformError
  /** Hears what the socket tells of each put. */
  heard(trace: Trace): void
  /** Throws `unauthorized` where the account is switched off. */
  assertActive(signal: AbortSignal): Promise<unknown>
}

/** Asks nothing yet. */
export function openRepo({ sessions, rules, failed, heard, assertActive }: Means): Repo {
  const read: Repo['read'] = async (rkey, signal) => {
    const { agent, trace, did, handle } = await sessions.call(signal)
    const where = { repo: did, collection: POST, rkey }
    try {
      const { data } = await agent.com.atproto.repo.getRecord(where, { signal })
      return { id: data.uri, ...(data.cid && { cid: data.cid }), url: addressOf(did, handle, rkey) }
    } catch (thrown) {
      if (isAbsent(thrown)) return null
      throw failed('other', trace, thrown)
    }
  }
  const write = async (operation: Operation, entry: Entry, signal: AbortSignal) => {
    const { agent, trace, did, handle } = await sessions.call(signal)
    const input = { repo: did, collection: POST, ...entry }
    try {
      const { data } = await agent.com.atproto.repo.putRecord(input, { signal })
      return { id: data.uri, cid: data.cid, url: addressOf(did, handle, entry.rkey) }
    } catch (thrown) {
      throw failed(operation, trace, thrown)
    } finally {
      heard(trace)
    }
  }
  /** The content hash of what stands now. Of an account that is switched off nobody sees a record. */
  const currentOf = async (rkey: string, signal: AbortSignal): Promise<string> => {
    const { cid } = (await read(rkey, signal)) ?? {}
    if (cid !== undefined) return cid
    await assertActive(signal)
    throw new PlatformError('rejected', 'RecordNotFound: no such post', { gone: true })
  }
  const keyIn = async (uri: string, signal: AbortSignal): Promise<string> => {
    const rkey = keyOf(uri, (await sessions.call(signal)).did)
    if (rkey === null) throw new PlatformError('rejected', 'the post is another account’s')
    return rkey
  }

  return {
    read,
    put: async (draft, publication, signal) => {
      const record = checked(recordOf(draft, publication), rules)
      return write('publish', { rkey: publication.key, record }, signal)
    },
    replace: async ({ id, cid }, draft, publication, signal) => {
      const record = checked(recordOf(draft, publication), rules)
      const rkey = await keyIn(id, signal)
      const swapRecord = cid ?? (await currentOf(rkey, signal))
      try {
        return await write('other', { rkey, record, swapRecord }, signal)
      } catch (error) {
        if (!isSwapped(error)) throw error
        const current = await currentOf(rkey, signal)
        return write('other', { rkey, record, swapRecord: current }, signal)
      }
    },
    remove: async ({ id }, signal) => {
      const rkey = await keyIn(id, signal)
      const { agent, trace, did } = await sessions.call(signal)
      const where = { repo: did, collection: POST, rkey }
      await agent.com.atproto.repo.deleteRecord(where, { signal }).catch((thrown: unknown) => {
        if (!isAbsent(thrown)) throw failed('other', trace, thrown)
      })
    },
  }
}
