import type { Clock } from '../../clock.ts'

/** How many wrong passwords are forgiven at once; then each costs twice the wait of the one before, up to the longest. */
interface Patience {
  free: number
  longestMs: number
}

const FIRST_WAIT_MS = 5000
const ofOne: Patience = { free: 5, longestMs: 15 * 60_000 }
/** A guesser may have many addresses; but nobody must be able to keep everybody out for long. */
const ofAll: Patience = { free: 60, longestMs: 60_000 }
const FORGOTTEN_MS = 3_600_000
const MOST_ADDRESSES = 5000

interface Tries {
  count: number
  last: number
}

/** Counts wrong passwords, for each address and over all of them, so that guessing takes for ever. */
export interface TryCounter {
  /**
   * Whether this address may try now: 0, or the seconds it has to wait. A try counts as wrong from the start, so
   * that a thousand at once are no thousand guesses.
   */
  begin(address: string): number
  /** The try that was begun was none: the password was right. */
  succeeded(address: string): void
}

export function countTries(clock: Clock): TryCounter {
  const byAddress = new Map<string, Tries>()
  let all: Tries = { count: 0, last: 0 }
  const known = (tries: Tries | undefined, now: number): Tries =>
    tries === undefined || now - tries.last > FORGOTTEN_MS ? { count: 0, last: now } : tries
  return {
    begin: (address) => {
      const now = clock().getTime()
      const own = known(byAddress.get(address), now)
      all = known(all, now)
      const wait = Math.max(left(own, ofOne, now), left(all, ofAll, now))
      if (wait > 0) return Math.ceil(wait / 1000)
      byAddress.delete(address) // the one seen last is forgotten last
      byAddress.set(address, { count: own.count + 1, last: now })
      all = { count: all.count + 1, last: now }
      const [oldest] = byAddress.keys()
      if (byAddress.size > MOST_ADDRESSES && oldest !== undefined) byAddress.delete(oldest)
      return 0
    },
    succeeded: (address) => {
      byAddress.delete(address)
      all = { ...all, count: Math.max(0, all.count - 1) }
    },
  }
}

function left({ count, last }: Tries, { free, longestMs }: Patience, now: number): number {
  if (count < free) return 0
  return Math.max(0, last + Math.min(longestMs, FIRST_WAIT_MS * 2 ** (count - free)) - now)
}
