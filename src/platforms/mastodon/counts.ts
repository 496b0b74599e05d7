import { z } from 'zod'
import { PlatformError } from '../error.ts'
import type { Counted, Counts, Syndication } from '../platform.ts'
import type { Api } from './api.ts'

/** M base_controller.rb DEFAULT_STATUSES_LIMIT: more at once are refused. */
export const AT_ONCE = 20

/** A count that a server may leave out (quotes before 4.5), or tell in a way nobody can count with. */
const count = z.number().int().nonnegative().nullable().catch(null).default(null)
const status = z.object({
  id: z.string(),
  favouritesCount: count,
  reblogsCount: count,
  repliesCount: count,
  quotesCount: count,
})

/** Counts posts through one connection. */
export type Counter = (asked: readonly Syndication[], signal: AbortSignal) => Promise<Counted[]>

/**
 * Several statuses at once where the server gives them (4.3 and later); one that does not answers 404, and from
 * then on is asked for one after the other. One alone is asked for by itself: only then a 404 means gone.
 */
export function openCounter(api: Api): Counter {
  let several = true
  return async (asked, signal) => {
    const [first] = asked
    if (first === undefined) return []
    if (several && asked.length > 1) {
      const found = await listOf(api, asked.slice(0, AT_ONCE), signal)
      if (found !== null) return found
      several = false
    }
    return [await oneOf(api, first, signal)]
  }
}

/** Null where the server lacks the call. */
async function listOf(
  api: Api,
  asked: readonly Syndication[],
  signal: AbortSignal,
): Promise<Counted[] | null> {
  const ids = asked.map(({ id }) => id)
  try {
    const found = await api.call(({ v1 }) => v1.statuses.fetch({ id: ids }), z.array(status), {
      operation: 'other',
      signal,
    })
    const byId = new Map(found.map((one) => [one.id, one]))
    return ids.map((id) => {
      const one = byId.get(id)
      return one === undefined ? 'unknown' : countsOf(one)
    })
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

async function oneOf(api: Api, { id }: Syndication, signal: AbortSignal): Promise<Counted> {
  try {
    const call = { operation: 'other', signal } as const
    return countsOf(await api.call(({ v1 }) => v1.statuses.$select(id).fetch(), status, call))
  } catch (error) {
    if (isMissing(error)) return 'gone'
    throw error
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof PlatformError && (error.status === 404 || error.status === 410)
}

/** Views there are none on Mastodon. */
function countsOf(one: z.infer<typeof status>): Counts {
  return {
    likes: one.favouritesCount,
    reposts: one.reblogsCount,
    replies: one.repliesCount,
    quotes: one.quotesCount,
    views: null,
    rounded: [],
  }
}
