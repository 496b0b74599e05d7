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
 * Several statuses at once where the server gives them (4.3 and later); from one that does not, one by one from
 * then on. A post asked for by itself is gone where the server says so in its own words.
 */
export function openCounter(api: Api): Counter {
  let several = true
  return async (asked, signal) => {
    const [first] = asked
    if (first === undefined) return []
    if (!several || asked.length === 1) return [await oneOf(api, first, signal)]
    const found = await listOf(api, asked.slice(0, AT_ONCE), signal)
    if (found !== null) return found
    const one = await oneOf(api, first, signal)
    several = false // known only now: a server that is away answers 404 to everything
    return [one]
  }
}

/** Null where the server lacks the call: a 404, and from others of its kin 400 or 405. */
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
    if (error instanceof PlatformError && error.kind === 'rejected') return null
    throw error
  }
}

async function oneOf(api: Api, { id }: Syndication, signal: AbortSignal): Promise<Counted> {
  try {
    const call = { operation: 'other', signal } as const
    return countsOf(await api.call(({ v1 }) => v1.statuses.$select(id).fetch(), status, call))
  } catch (error) {
    if (!(error instanceof PlatformError) || error.kind !== 'rejected') throw error
    const { status: answered, reason, worded } = error
    if (!worded) throw new PlatformError('unavailable', reason, { status: answered })
    return answered === 404 || answered === 410 ? 'gone' : 'unknown'
  }
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
