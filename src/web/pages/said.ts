import { randomBytes } from 'node:crypto'

/** So many sentences wait to be shown; older ones are forgotten. */
const MOST = 200

/** What came of a form, until the next page shows it: the sentence stays here, the address only bears its number. */
export interface Said {
  /** Keeps a sentence; answers what the address bears. */
  keep(sentence: string): string
  /** The sentence, once. */
  take(number: string | undefined): string | null
}

export function openSaid(): Said {
  const waiting = new Map<string, string>()
  return {
    keep: (sentence) => {
      const number = randomBytes(9).toString('base64url')
      waiting.set(number, sentence)
      const [oldest] = waiting.keys()
      if (waiting.size > MOST && oldest !== undefined) waiting.delete(oldest)
      return number
    },
    take: (number) => {
      const sentence = waiting.get(number ?? '') ?? null
      waiting.delete(number ?? '')
      return sentence
    },
  }
}
