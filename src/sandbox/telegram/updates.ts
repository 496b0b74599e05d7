import { integerOf, listOf } from './parameters.ts'
import { refused } from './refusals.ts'

/** One thing that happened, as `getUpdates` hands it to the bot. */
export type Update = { update_id: number } & Record<string, unknown>

/** What one bot has still to hear: one stream, for one reader at a time. */
export interface Updates {
  /** Tells the bot of something; a type that it did not ask for is dropped for good. */
  push(type: string, value: unknown, at: Date): void
  /** `getUpdates`: what is there, or what comes within `timeout` seconds. Throws 409 once another reader waits. */
  get(parameters: Record<string, unknown>, at: Date): Promise<Update[]>
  /** How many are not confirmed. */
  pending(at: Date): number
  /** Forgets all that is there. */
  drop(): void
  /** The types asked for; null where these are the usual ones. */
  allowed(): string[] | null
}

/** Not sent unless they are named (BA Client.h, DEFAULT_ALLOWED_UPDATE_TYPES). */
const ASKED_FOR = ['chat_member', 'message_reaction', 'message_reaction_count']
const USUAL = [
  ...['message', 'edited_message', 'channel_post', 'edited_channel_post', 'inline_query'],
  ...['chosen_inline_result', 'callback_query', 'shipping_query', 'pre_checkout_query', 'poll'],
  ...['poll_answer', 'my_chat_member', 'chat_join_request', 'chat_boost', 'removed_chat_boost'],
]
const TYPES = new Set([...USUAL, ...ASKED_FOR])

const DAY = 24 * 60 * 60 * 1000
/** BA Client.cpp: a press of a button is worth nothing after this many milliseconds. */
export const PRESS_MS = 150_000
/** How far past the newest an offset may be and still confirm what is there (TD TQueue.cpp). */
const AHEAD = 10

interface Waiting {
  offset: number
  limit: number
  answer(updates: Update[]): void
  refuse(reason: Error): void
}

/** The stream of one bot; `nextId` counts for all of them. */
export function openUpdates(nextId: () => number): Updates {
  let queue: { update: Update; until: number }[] = []
  let allowed: ReadonlySet<string> = new Set(USUAL)
  let waiting: Waiting | null = null

  const fresh = (at: Date) => {
    queue = queue.filter(({ until }) => until > at.getTime())
    return queue.map(({ update }) => update)
  }
  const take = ({ offset, limit }: { offset: number; limit: number }, at: Date) => {
    const newest = queue.at(-1)?.update.update_id ?? 0
    if (offset < 0) queue = queue.slice(offset)
    else if (offset <= newest + AHEAD)
      queue = queue.filter(({ update }) => update.update_id >= offset)
    return fresh(at).slice(0, limit)
  }

  return {
    push: (type, value, at) => {
      if (!allowed.has(type)) return
      const keptMs = type === 'callback_query' ? PRESS_MS : DAY
      queue.push({
        update: { update_id: nextId(), [type]: value },
        until: at.getTime() + keptMs,
      })
      const reader = waiting
      waiting = null
      reader?.answer(take(reader, at))
    },
    get: async (parameters, at) => {
      const wanted = {
        offset: integerOf(parameters, 'offset'),
        limit: within(integerOf(parameters, 'limit', 100), 1, 100),
      }
      const timeout = within(integerOf(parameters, 'timeout'), 0, 50)
      allowed = allowedBy(parameters) ?? allowed
      const found = take(wanted, at)
      if (found.length > 0 || timeout === 0) return found
      waiting?.refuse(refused('conflict'))
      return new Promise((resolve, reject) => {
        const over = setTimeout(() => {
          if (waiting === reader) waiting = null
          resolve([])
        }, timeout * 1000)
        over.unref()
        const reader: Waiting = {
          ...wanted,
          answer: (updates) => {
            clearTimeout(over)
            resolve(updates)
          },
          refuse: (reason) => {
            clearTimeout(over)
            reject(reason)
          },
        }
        waiting = reader
      })
    },
    pending: (at) => fresh(at).length,
    drop: () => {
      queue = []
    },
    allowed: () => (isUsual(allowed) ? null : [...allowed]),
  }
}

/** The types that a call asks for; null where it changes nothing (BA Client.cpp get_allowed_update_types). */
function allowedBy(parameters: Record<string, unknown>): Set<string> | null {
  const names = listOf(parameters, 'allowed_updates')
  if (!names?.every((name) => typeof name === 'string')) return null
  const known = names.map((name) => name.toLowerCase()).filter((name) => TYPES.has(name))
  return new Set(known.length === 0 ? USUAL : known)
}

function isUsual(types: ReadonlySet<string>): boolean {
  return types.size === USUAL.length && USUAL.every((name) => types.has(name))
}

const within = (value: number, least: number, most: number) =>
  Math.min(Math.max(value, least), most)
