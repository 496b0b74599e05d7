import type { IncomingMessage } from 'node:http'
import type { Arrival } from './answer.ts'

const LARGEST_BODY = 64 * 1024 * 1024

/** A request as a stand-in's platform sees it. */
export function arrivalOf(
  { method = 'GET', url = '/', headers }: IncomingMessage,
  body: Uint8Array,
  more: { at: Date; origin: string },
): Arrival {
  const [path = '/', ...query] = url.split('?')
  return { method, path, query: new URLSearchParams(query.join('?')), headers, body, ...more }
}

/** Its address with the query, without a token that stands there. */
export function shownUrl({ path, query }: Arrival): string {
  const shown = new URLSearchParams(query)
  shown.delete('access_token')
  return shown.size === 0 ? path : `${path}?${shown.toString()}`
}

/** The whole body, or null where it is larger than anything a platform takes. */
export async function bodyOf(request: IncomingMessage): Promise<Uint8Array | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size <= LARGEST_BODY) chunks.push(Buffer.from(chunk))
  }
  return size > LARGEST_BODY ? null : Buffer.concat(chunks)
}
