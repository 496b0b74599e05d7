import type { Trace } from '../net/wire.ts'
import { resetMoment } from './failure.ts'
import type { Allowance } from './platform.ts'

/** What the headers of an account's answers say of how many calls remain. */
export interface Remembered {
  /** Hears an answer, whatever it was; one that says nothing of it changes nothing. */
  hear(trace: Trace): void
  last(): Allowance | null
}

/** `PREFIX-limit`, `PREFIX-remaining` and `PREFIX-reset` of answers; one call takes `cost` of what they count. */
export function openAllowance(prefix: 'x-ratelimit' | 'ratelimit', cost = 1): Remembered {
  let last: Allowance | null = null
  const calls = (text: string | undefined) =>
    text !== undefined && /^\d{1,9}$/.test(text) ? Math.floor(Number(text) / cost) : null
  return {
    hear: ({ headers }) => {
      const limit = calls(headers[`${prefix}-limit`])
      const remaining = calls(headers[`${prefix}-remaining`])
      const resetsAt = resetMoment(headers[`${prefix}-reset`])
      if (limit !== null && remaining !== null && resetsAt !== null)
        last = { limit, remaining, resetsAt }
    },
    last: () => last,
  }
}
