import type { Clock } from '../clock.ts'
import { Problem } from '../locale/problem.ts'
import type { GuardedFetch } from '../net/fetch.ts'

/** A page that is there goes on being there for so long; one that is not is asked again sooner than it is needed. */
const THERE_FOR_MS = 60_000
const MISSING_FOR_MS = 10_000
const ANSWER_MS = 5000
/** More pages than this within a minute are asked again. */
const MOST = 500

/** Whether articles' pages can be read by others: asked once for all accounts. */
export interface Pages {
  /** False where it is not there, or does not answer, just now. One that we may not ask is taken to be there. */
  isThere(url: string): Promise<boolean>
}

/** Remembers in this process what pages answered a moment ago. */
export function openPages(fetch: GuardedFetch, clock: Clock): Pages {
  const known = new Map<string, { asked: Promise<boolean>; until: number }>()
  return {
    isThere: (url) => {
      const now = clock().getTime()
      const last = known.get(url)
      if (last !== undefined && last.until > now) return last.asked
      if (known.size >= MOST) known.clear()
      const asked = ask(fetch, url)
      const kept = { asked, until: now + THERE_FOR_MS }
      known.set(url, kept)
      void asked.then((there) => {
        if (!there) kept.until = now + MISSING_FOR_MS
      })
      return asked
    },
  }
}

/** Only the head of the answer is of interest: its body is given up at once. */
async function ask(fetch: GuardedFetch, url: string): Promise<boolean> {
  try {
    await fetch.get(url, { timeoutMs: ANSWER_MS, maxBytes: 1 })
    return true
  } catch (error) {
    return !(error instanceof Problem && isMissing(error))
  }
}

/** Readers would not see it either. What refuses only us, or cannot be asked for from here, may well be there. */
function isMissing({ kind, facts }: Problem): boolean {
  if (kind === 'http-status') {
    const status: unknown = Reflect.get(facts, 'status')
    return typeof status === 'number' && (status === 404 || status === 410 || status >= 500)
  }
  return kind === 'timed-out' || kind === 'connection-lost' || kind === 'connection-refused'
}
