import { randomBytes } from 'node:crypto'
import type { Clock } from '../../clock.ts'

/** So many sentences wait to be shown; older ones are forgotten. */
const MOST = 200
/** So long a page that comes again by itself goes on saying it. */
const SHOWN_MS = 60_000

/** What came of a form, until its page was read: the sentence stays here, the address only bears its number. */
export interface Said {
  /** Keeps a sentence; answers what the address bears. */
  keep(sentence: string): string
  /** The sentence, for a minute. */
  find(number: string | undefined): string | null
}

export function openSaid(clock: Clock): Said {
  const waiting = new Map<string, { sentence: string; at: number }>()
  return {
    keep: (sentence) => {
      const number = randomBytes(9).toString('base64url')
      waiting.set(number, { sentence, at: clock().getTime() })
      const [oldest] = waiting.keys()
      if (waiting.size > MOST && oldest !== undefined) waiting.delete(oldest)
      return number
    },
    find: (number) => {
      const kept = waiting.get(number ?? '')
      return kept !== undefined && clock().getTime() - kept.at < SHOWN_MS ? kept.sentence : null
    },
  }
}
