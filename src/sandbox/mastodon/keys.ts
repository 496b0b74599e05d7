import { z } from 'zod'
import { refused } from './refusals.ts'

/** The key lives so long from the post (M post_status_service.rb). */
const LIFE_MS = 3600 * 1000

/** A key and its post: what the stand-in must know again after a restart. */
export const storedKey = z.strictObject({
  account: z.string(),
  key: z.string(),
  id: z.string(),
  until: z.number(),
})
export type StoredKey = z.infer<typeof storedKey>

/**
 * What the server does with an `Idempotency-Key`. `honoured`: as up to 4.5, without a lock; `ignored`: as
 * GoToSocial and Friendica; `answers 500`: as 4.6, with a lock and a 500 though the post stands.
 */
export const idempotency = z.enum(['honoured', 'ignored', 'answers 500'])
export type Idempotency = z.infer<typeof idempotency>

/** The keys that were used. A key belongs to its account. */
export interface Keys {
  /** The id of the post under this key, or null. Throws 500 or 503 where the server is a 4.6. */
  find(account: string, key: string, now: Date): string | null
  /** Holds a key while its post is being made; returns how to let go. */
  lock(account: string, key: string): () => void
  store(account: string, key: string, id: string, now: Date): void
}

export function openKeys(
  mode: Idempotency,
  {
    past,
    remember,
    repeated,
  }: {
    past: readonly StoredKey[]
    remember: (key: StoredKey) => void
    /** Hears of a post that was asked for again though nobody is told. */
    repeated: (id: string) => void
  },
): Keys {
  const nameOf = (account: string, key: string) => `${account} ${key}`
  const stored = new Map(past.map((one) => [nameOf(one.account, one.key), one]))
  const locked = new Set<string>()
  return {
    find: (account, key, now) => {
      if (mode === 'ignored') return null
      if (locked.has(nameOf(account, key))) throw refused('locked')
      const found = stored.get(nameOf(account, key))
      if (!found || found.until <= now.getTime()) return null
      if (mode === 'honoured') return found.id
      repeated(found.id)
      throw refused('repeated')
    },
    lock: (account, key) => {
      if (mode !== 'answers 500') return () => {}
      locked.add(nameOf(account, key))
      return () => locked.delete(nameOf(account, key))
    },
    store: (account, key, id, now) => {
      if (mode === 'ignored') return
      const one = { account, key, id, until: now.getTime() + LIFE_MS }
      stored.set(nameOf(account, key), one)
      remember(one)
    },
  }
}
