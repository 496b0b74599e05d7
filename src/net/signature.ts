import { createHmac, timingSafeEqual } from 'node:crypto'

/** How far a message's moment may be from ours, either way (Standard Webhooks, «Verifying timestamps»). */
const TOLERANCE_MS = 5 * 60_000
/** What a message's id may be: it is kept, and it stands in what is signed. */
const ID = /^[\x21-\x7e]{1,200}$/

/** The three headers of a signed message, as they came; undefined where one is missing. */
export interface SignedHeaders {
  id: string | undefined
  /** Seconds since 1970. */
  timestamp: string | undefined
  /** `v1,<base64>`, several with blanks between. */
  signature: string | undefined
}

/** Who signed is known, and the message's id; or why not. */
export type Verified =
  | { ok: true; id: string }
  | { ok: false; why: 'signature-missing' | 'signature-old' | 'signature-wrong' }

/** The headers by which a message says that it is signed. */
export const signatureHeaders = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const

/**
 * Whether a message is signed with that secret (its bytes) and was so a moment ago, by the rules of Standard
 * Webhooks (standardwebhooks.com): HMAC-SHA256 over `id.timestamp.body`, compared in constant time. Of several
 * signatures one must be right, so that a secret can be changed without a gap.
 */
export function verify(
  secret: readonly number[],
  { id, timestamp, signature }: SignedHeaders,
  body: Uint8Array,
  now: Date,
): Verified {
  if (id === undefined || timestamp === undefined || signature === undefined) {
    return { ok: false, why: 'signature-missing' }
  }
  if (!ID.test(id) || !/^\d{1,12}$/.test(timestamp)) return { ok: false, why: 'signature-wrong' }
  const code = createHmac('sha256', Buffer.from(secret))
    .update(`${id}.${timestamp}.`)
    .update(body)
    .digest('base64')
  const expected = Buffer.from(`v1,${code}`)
  const right = signature.split(' ').some((one) => isSame(Buffer.from(one), expected))
  if (!right) return { ok: false, why: 'signature-wrong' }
  const apart = Math.abs(now.getTime() - Number(timestamp) * 1000)
  return apart > TOLERANCE_MS ? { ok: false, why: 'signature-old' } : { ok: true, id }
}

function isSame(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}
