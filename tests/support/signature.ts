import { createHmac } from 'node:crypto'

/** The headers of Standard Webhooks, written out once more: `v1,` and the HMAC of id, timestamp and body. */
export function signedWith(
  key: Buffer,
  id: string,
  at: Date,
  body: string,
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const hmac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${hmac}`,
  }
}
