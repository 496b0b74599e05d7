import type { Response } from 'undici'
import { Problem } from '../locale/problem.ts'

/**
 * The decoded bytes of an answer, read as they come so that neither a long page nor a small one that unpacks to a
 * long one fills the memory. Throws `too-large`.
 */
export async function bodyOf(response: Response, url: URL, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = new Problem('too-large', {
    address: url.href,
    megabytes: Math.round(maxBytes / 1024 / 1024),
  })
  if (Number(response.headers.get('content-length')) > maxBytes) {
    await response.body?.cancel()
    throw tooLarge
  }
  const bytes = await atMost(response.body ?? [], maxBytes)
  if (bytes === null) throw tooLarge
  return bytes
}

/** All bytes of a stream, read as they come; null as soon as there are more, and the stream is canceled. */
export async function atMost(
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.byteLength
    // Leaving the loop cancels the stream.
    if (size > maxBytes) return null
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}
