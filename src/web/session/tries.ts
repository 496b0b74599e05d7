import type { Clock } from '../../clock.ts'

/** So many wrong passwords are forgiven at once; then each costs twice the wait of the one before. */
const FREE = 5
const FIRST_WAIT_MS = 5000
const LONGEST_WAIT_MS = 15 * 60_000
/** From all addresses together: a guesser may have many. */
const ALL_FREE = 60
const FORGOTTEN_MS = 3_600_000
const MOST_ADDRESSES = 5000

interface Tries {
  failures: number
  last: number
}

/** Counts wrong passwords, for each address and over all of them, so that guessing takes for ever. */
export interface TryCounter {
  /** Seconds to wait before this address may try again; 0: it may now. */
  waitS(address: string): number
  failed(address: string): void
  succeeded(address: string): void
}

export function countTries(clock: Clock): TryCounter {
  const byAddress = new Map<string, Tries>()
  const all: Tries = { failures: 0, last: 0 }
  const left = ({ failures, last }: Tries, free: number): number => {
    const now = clock().getTime()
    if (failures < free || now - last > FORGOTTEN_MS) return 0
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - free))
    return Math.max(0, last + wait - now)
  }
  const count = (tries: Tries): Tries => {
    const now = clock().getTime()
    return { failures: (now - tries.last > FORGOTTEN_MS ? 0 : tries.failures) + 1, last: now }
  }
  return {
    waitS: (address) => {
      const own = byAddress.get(address) ?? { failures: 0, last: 0 }
      return Math.ceil(Math.max(left(own, FREE), left(all, ALL_FREE)) / 1000)
    },
    failed: (address) => {
      const tries = count(byAddress.get(address) ?? { failures: 0, last: 0 })
      byAddress.delete(address)
      byAddress.set(address, tries)
      Object.assign(all, count(all))
      const [oldest] = byAddress.keys()
      if (byAddress.size > MOST_ADDRESSES && oldest !== undefined) byAddress.delete(oldest)
    },
    succeeded: (address) => {
      byAddress.delete(address)
    },
  }
}
