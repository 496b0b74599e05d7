import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { createLog } from '../../../src/log.ts'
import type { Job } from '../../../src/queue/jobs.ts'
import type { Store } from '../../../src/store/store.ts'
import { routes, type Web } from '../../../src/web/routes.ts'
import { webOf } from './house.ts'

export const token = 'a-word-for-scripts-0123456789'
export const secret = [...Buffer.from('a key for the tests of the hooks')]
export const bearer = { authorization: `Bearer ${token}` }

const delivery = z.looseObject({ id: z.string(), state: z.string(), version: z.number() })
/** As much of every answer as a test may want to name. */
const answer = z.looseObject({
  id: z.string().optional(),
  state: z.string().optional(),
  version: z.number().optional(),
  follow: z.string().optional(),
  next: z.unknown().optional(),
  articles: z
    .array(z.looseObject({ id: z.string() }))
    .optional()
    .catch(undefined),
  deliveries: z.array(delivery).optional(),
  delivery: delivery.optional(),
  decision: z.looseObject({ who: z.string(), at: z.string() }).nullish(),
  error: z
    .object({
      kind: z.string(),
      message: z.string(),
      field: z.string().optional(),
      setting: z.string().optional(),
    })
    .nullish(),
})

/** What came of a request. */
export interface Answered {
  status: number
  headers: Headers
  body: z.infer<typeof answer>
  text: string
}

/** Everything out again, ids and all, for the next test. */
export async function clear({ db }: Store): Promise<void> {
  await sql`truncate articles, accounts, sources restart identity cascade`.execute(db)
}

/** Everything that answers, with what it logged and woke, on a clock that can be put forward. */
export async function openDoor(
  store: Store,
  changes: Parameters<typeof webOf>[1] = {},
  sandbox = true,
  more: Partial<Pick<Web, 'queue' | 'fetch' | 'publishing'>> = {},
) {
  const woken: Job[] = []
  const logged: string[] = []
  const clock = { aheadMs: 0 }
  const now = () => new Date(store.clock().getTime() + clock.aheadMs)
  const settings = { apiToken: token, webhookSecret: secret, ...changes }
  const web = {
    ...webOf(store, settings, sandbox, woken),
    store: { ...store, clock: now },
    ...more,
    log: createLog('info', [token], (line) => logged.push(line)),
  }
  const app = await routes(web, () => true)
  const ask = async (method: string, path: string, init: Omit<RequestInit, 'method'> = {}) => {
    const headers = { host: 'localhost:8080', ...plain(init.headers) }
    const answered = await app.request(path, { ...init, method, headers })
    const text = await answered.text()
    const type = answered.headers.get('content-type') ?? ''
    const body = answer.parse(type.includes('json') && text.startsWith('{') ? JSON.parse(text) : {})
    return { status: answered.status, headers: answered.headers, body, text } satisfies Answered
  }
  return {
    woken,
    logged,
    clock,
    ask,
    get: (path: string) => ask('GET', path, { headers: bearer }),
    /** Sends JSON with the token. */
    post: (path: string, body?: unknown) =>
      ask('POST', path, {
        headers: bearer,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    /** Sends JSON signed, at this door's own moment unless said otherwise. */
    sign: (path: string, body: unknown, { id = newId(), at = now() } = {}) => {
      const text = JSON.stringify(body)
      return ask('POST', path, { headers: signedHeaders(text, id, at), body: text })
    },
  }
}

let number = 0
function newId(): string {
  number += 1
  return `msg_${number}`
}

/** What Standard Webhooks asks for, written out once more. */
export function signedHeaders(body: string, id: string, at: Date, key = secret) {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const hmac = createHmac('sha256', Buffer.from(key)).update(`${id}.${timestamp}.${body}`)
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${hmac.digest('base64')}`,
  }
}

function plain(headers: RequestInit['headers']): Record<string, string> {
  return Object.fromEntries(new Headers(headers))
}
