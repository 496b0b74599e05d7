import { z } from 'zod'
import type { Arrival } from '../answer.ts'
import { cidOf } from './cid.ts'
import { refused } from './refusals.ts'

/** AT config.ts: what a PDS takes unless its owner says otherwise. */
const LARGEST = 5 * 1024 * 1024

/** An uploaded picture: its bytes are not kept, only what a record's reference is compared with. */
export const storedBlob = z.strictObject({
  owner: z.string(),
  cid: z.string(),
  mimeType: z.string(),
  size: z.number(),
})
export type StoredBlob = z.infer<typeof storedBlob>

/** What was uploaded, by owner and content. */
export interface Blobs {
  upload(owner: string, arrival: Arrival): StoredBlob
  find(owner: string, cid: string): StoredBlob | null
}

export function openBlobs({
  past,
  remember,
}: {
  past: readonly StoredBlob[]
  remember: (blob: StoredBlob) => void
}): Blobs {
  const keyOf = (owner: string, cid: string) => `${owner} ${cid}`
  const stored = new Map(past.map((blob) => [keyOf(blob.owner, blob.cid), blob]))
  return {
    upload: (owner, { body, headers }) => {
      if (body.byteLength > LARGEST) throw refused('largeBody')
      const declared = headers['content-type']
      if (declared === undefined)
        throw refused('badInput', 'Request encoding (Content-Type) required but not provided')
      if (body.byteLength === 0)
        throw refused('badInput', 'A request body is expected but none was provided')
      const cid = cidOf('raw', body)
      const known = stored.get(keyOf(owner, cid))
      if (known) return known
      const blob = { owner, cid, mimeType: sniffed(body) ?? declared, size: body.byteLength }
      remember(blob)
      stored.set(keyOf(owner, cid), blob)
      return blob
    },
    find: (owner, cid) => stored.get(keyOf(owner, cid)) ?? null,
  }
}

const MAGIC: readonly [string, (text: string) => boolean][] = [
  ['image/jpeg', (text) => text.startsWith('\xff\xd8\xff')],
  ['image/png', (text) => text.startsWith('\x89PNG\r\n\x1a\n')],
  ['image/gif', (text) => text.startsWith('GIF8')],
  ['image/webp', (text) => text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP'],
]

/** The server looks at the bytes and believes them more than the header (AT uploadBlob.ts). */
function sniffed(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  return MAGIC.find(([, is]) => is(start))?.[0] ?? null
}
