import { type Answer, json, Refused } from '../answer.ts'
import type { Allowance } from '../window.ts'

/** Every refusal of this stand-in: status, error name and message, as the PDS words them. */
const refusals = {
  badInput: [400, 'InvalidRequest', '$'],
  badVerb: [400, 'InvalidRequest', 'Incorrect HTTP method $'],
  badLogin: [401, 'AuthenticationRequired', 'Invalid identifier or password'],
  noToken: [401, 'AuthMissing', 'Authentication Required'],
  foreignRepo: [401, 'AuthenticationRequired', 'Authentication Required'],
  takendown: [401, 'AccountTakedown', 'Account has been taken down'],
  deactivated: [401, 'AccountDeactivated', 'Account is deactivated'],
  badToken: [400, 'InvalidToken', 'Token could not be verified'],
  badScope: [400, 'InvalidToken', 'Bad token scope'],
  expired: [400, 'ExpiredToken', 'Token has expired'],
  revoked: [400, 'ExpiredToken', 'Token has been revoked'],
  noAccount: [403, 'AccountNotFound', 'Account not found'],
  noHandle: [400, 'InvalidRequest', 'Unable to resolve handle'],
  noRepo: [400, 'InvalidRequest', 'Could not find repo: $'],
  badKey: [400, 'InvalidRequest', 'Invalid record key: $'],
  badRecord: [400, 'InvalidRequest', 'Invalid app.bsky.feed.post record: $'],
  noRecord: [400, 'RecordNotFound', 'Could not locate record: $'],
  badSwap: [400, 'InvalidSwap', 'Record was at $'],
  noBlob: [400, 'BlobNotFound', 'Could not find blob: $'],
  otherMime: [400, 'InvalidMimeType', 'Referenced Mimetype does not match stored blob. $'],
  otherSize: [400, 'InvalidSize', 'Referenced Size does not match stored blob. $'],
  largeBody: [413, 'PayloadTooLarge', 'request entity too large'],
  tooMany: [429, 'RateLimitExceeded', 'Rate Limit Exceeded'],
  noMethod: [404, 'XRPCNotSupported', 'Method Not Found'],
} as const

/** A refusal of the table; `$` in its message becomes `what`. */
export function refused(
  name: keyof typeof refusals,
  what = '',
  headers: Record<string, string> = {},
): Refused {
  const [status, error, message] = refusals[name]
  return new Refused(json(status, { error, message: message.replace('$', () => what) }, headers))
}

/** The headers of a limited call (AT rate-limiter-http.ts); `seconds` is the window's length. */
function limitHeaders({ limit, remaining, resetAt }: Allowance, seconds: number) {
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(Math.floor(resetAt.getTime() / 1000)),
    'ratelimit-policy': `${limit};w=${seconds}`,
  }
}

/** Throws 429 where an allowance is spent; else its headers. */
export function within(allowance: Allowance, seconds: number, now: Date): Record<string, string> {
  const headers = limitHeaders(allowance, seconds)
  if (allowance.allowed) return headers
  const wait = Math.ceil((allowance.resetAt.getTime() - now.getTime()) / 1000)
  throw refused('tooMany', '', { ...headers, 'retry-after': String(wait) })
}

/** An answer with the headers of its limit. */
export function limited(answer: Answer, headers: Record<string, string>): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } }
}
