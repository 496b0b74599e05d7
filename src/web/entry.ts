import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { Problem } from '../locale/problem.ts'
import { signatureHeaders, verify } from '../net/signature.ts'
import type { Web } from './routes.ts'

type Entry = { config: Web['config']; store: Pick<Web['store'], 'clock'> }

/** Lets in whoever bears the token. Throws `setting-needed`, `token-wrong`. */
export function bearersOnly({ config }: Pick<Entry, 'config'>): MiddlewareHandler {
  return async (context, next) => {
    checkToken(context, config.apiToken)
    await next()
  }
}

/**
 * Lets in what is signed, `body` to the byte; answers the message's id, by which it acts once. Throws
 * `setting-needed` and the `signature-…` problems.
 */
export function signed(context: Context, { config, store }: Entry, body: Uint8Array): string {
  const secret = config.webhookSecret
  if (secret === null) throw new Problem('setting-needed', { setting: 'WEBHOOK_SECRET' })
  const [id, timestamp, signature] = signatureHeaders.map((name) => context.req.header(name))
  const verified = verify(secret, { id, timestamp, signature }, body, store.clock())
  if (!verified.ok) throw new Problem(verified.why, {})
  return verified.id
}

/** Lets in either; answers the message's id where it was signed, null for the token's bearer. */
export function signedOrBearer(context: Context, entry: Entry, body: Uint8Array): string | null {
  const { apiToken, webhookSecret } = entry.config
  const bears = context.req.header('authorization') !== undefined
  const signs = signatureHeaders.some((name) => context.req.header(name) !== undefined)
  if (signs && !bears) return signed(context, entry, body)
  if (!bears && apiToken === null && webhookSecret !== null) {
    throw new Problem('signature-missing', {})
  }
  checkToken(context, apiToken)
  return null
}

/** Whether it bears the token, where nobody need. */
export function bears(context: Context, { config: { apiToken } }: Pick<Entry, 'config'>): boolean {
  return apiToken !== null && isToken(context, apiToken)
}

function checkToken(context: Context, token: string | null): void {
  if (token === null) throw new Problem('setting-needed', { setting: 'API_TOKEN' })
  if (!isToken(context, token)) throw new Problem('token-wrong', {})
}

function isToken(context: Context, token: string): boolean {
  const [, given = ''] = /^Bearer +(\S+)$/i.exec(context.req.header('authorization') ?? '') ?? []
  // Headers come as bytes, one a character.
  return timingSafeEqual(digest(Buffer.from(given, 'latin1')), digest(Buffer.from(token)))
}

/** Of one length, whatever was given, so that comparing tells nothing by its time. */
function digest(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest()
}
