import { z } from 'zod'
import type { Arrival } from '../answer.ts'
import { mimeOf, pictured } from '../picture.ts'
import { cidOf } from './cid.ts'
import { refused } from './refusals.ts'

/** AT config.ts: what a PDS takes unless its owner says otherwise. */
const LARGEST = 5 * 1024 * 1024

/** An uploaded picture: its bytes are not kept, only what a record is compared with; sides 0 where it is none. */
export const storedBlob = z.strictObject({
  owner: z.string(),
  cid: z.string(),
  mimeType: z.string(),
  size: z.number(),
  // of those that were kept before there were any
  width: z.number().default(0),
  height: z.number().default(0),
})
export type StoredBlob = z.infer<typeof storedBlob>

/** What the stand-in must know again after a restart. */
export const blobMemory = z.union([
  z.strictObject({ blob: storedBlob }),
  z.strictObject({ forgotten: z.string() }),
])
type BlobMemory = z.infer<typeof blobMemory>

/** What was uploaded, by owner and content. */
export interface Blobs {
  upload(owner: string, arrival: Arrival): StoredBlob
  find(owner: string, cid: string): StoredBlob | null
  /** Those that this text does not name are gone, until they are uploaded again. */
  forgetBut(text: string): void
}

export function openBlobs({
  past,
  remember,
}: {
  past: readonly BlobMemory[]
  remember: (memory: BlobMemory) => void
}): Blobs {
  const keyOf = (owner: string, cid: string) => `${owner} ${cid}`
  const stored = new Map<string, StoredBlob>()
  const take = (memory: BlobMemory) => {
    if ('forgotten' in memory) stored.delete(memory.forgotten)
    else stored.set(keyOf(memory.blob.owner, memory.blob.cid), memory.blob)
  }
  const keep = (memory: BlobMemory) => {
    remember(memory)
    take(memory)
  }
  for (const memory of past) take(memory)
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
      // the server believes the bytes more than the header (AT uploadBlob.ts)
      const { width = 0, height = 0 } = pictured(body) ?? {}
      const blob = {
        owner,
        cid,
        mimeType: mimeOf(body) ?? declared,
        size: body.byteLength,
        width,
        height,
      }
      keep({ blob })
      return blob
    },
    find: (owner, cid) => stored.get(keyOf(owner, cid)) ?? null,
    forgetBut: (text) => {
      for (const [key, { cid }] of [...stored]) if (!text.includes(cid)) keep({ forgotten: key })
    },
  }
}
