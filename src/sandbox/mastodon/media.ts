import { z } from 'zod'
import type { KeptPicture } from '../stand-in.ts'
import { descriptionOf, pictureOf } from './file.ts'
import { refused } from './refusals.ts'

/** An upload, as the stand-in must know it again after a restart. */
export const storedMedia = z.strictObject({
  id: z.string(),
  owner: z.string(),
  mime: z.string(),
  width: z.number(),
  height: z.number(),
  bytes: z.number(),
  description: z.string().nullable(),
  /** So many questions are still answered «not yet». */
  polls: z.number(),
  fails: z.boolean(),
  attached: z.boolean(),
})
export type StoredMedia = z.infer<typeof storedMedia>

export const mediaOrder = z.strictObject({
  polls: z.number().int().nonnegative().default(0),
  fails: z.boolean().default(false),
})
export type MediaOrder = z.input<typeof mediaOrder>

/** What was uploaded to the instance. */
export interface Media {
  /** `POST /api/v2/media`. Throws 422 for what is no picture, or too large. */
  upload(owner: string, fields: Record<string, unknown>): Promise<StoredMedia>
  /** One that may still be attached, for its owner. Throws 404 for any other, 422 where it could not be processed. */
  own(owner: string, id: string): StoredMedia
  /** The same, as asked about once more. */
  poll(owner: string, id: string): StoredMedia
  /** `PUT /api/v1/media/:id`. */
  describe(owner: string, id: string, fields: Record<string, unknown>): StoredMedia
  /** The pictures of a post to be. Throws 422 for any that is not its author's, was used elsewhere, or is not ready. */
  attachable(owner: string, ids: readonly string[], own?: readonly string[]): StoredMedia[]
  attach(media: readonly StoredMedia[]): void
  find(id: string): StoredMedia | null
  /** The next upload is processed for so many questions, or in vain. */
  order(order: MediaOrder): void
}

const FIRST_ID = 115_000_000_000_000_000n

export function openMedia({
  past,
  remember,
}: {
  past: readonly StoredMedia[]
  remember: (media: StoredMedia) => void
}): Media {
  const stored = new Map(past.map((one) => [one.id, one]))
  let next = mediaOrder.parse({})
  const keep = (one: StoredMedia): StoredMedia => {
    remember(one)
    stored.set(one.id, one)
    return one
  }
  const own = (owner: string, id: string): StoredMedia => {
    const found = stored.get(id)
    if (found?.owner !== owner || found.attached) throw refused('noStatus')
    if (found.fails && found.polls === 0) throw refused('unprocessed')
    return found
  }
  return {
    upload: async (owner, fields) => {
      const found = await pictureOf(fields)
      const description = descriptionOf(fields)
      const order = next
      next = mediaOrder.parse({})
      const id = String(FIRST_ID + BigInt(stored.size))
      return keep({ id, owner, ...found, description, ...order, attached: false })
    },
    own,
    poll: (owner, id) => {
      const found = own(owner, id)
      if (found.polls > 0) keep({ ...found, polls: found.polls - 1 })
      return found
    },
    describe: (owner, id, fields) =>
      keep({ ...own(owner, id), description: descriptionOf(fields) }),
    attachable: (owner, ids, mine = []) => {
      const found = ids.flatMap((id) => stored.get(id) ?? [])
      const usable = found.filter(
        (one) => one.owner === owner && (!one.attached || mine.includes(one.id)),
      )
      const missing = ids.filter((id) => !usable.some((one) => one.id === id))
      if (missing.length > 0) throw refused('noMedia', missing.join(', '))
      if (usable.some(({ polls, fails }) => polls > 0 || fails)) throw refused('notReady')
      return usable
    },
    attach: (media) => {
      for (const one of media) keep({ ...one, attached: true })
    },
    find: (id) => stored.get(id) ?? null,
    order: (order) => {
      next = mediaOrder.parse(order)
    },
  }
}

/** An upload as the API shows it; without an address while it is processed. */
export function shownMedia(media: StoredMedia, origin: string) {
  const { id, polls, description, width, height, mime } = media
  const url = `${origin}/system/media_attachments/files/${id}/original.${mime.split('/')[1] ?? ''}`
  return {
    id,
    type: mime === 'image/gif' ? 'gifv' : 'image',
    url: polls > 0 ? null : url,
    preview_url: polls > 0 ? null : url.replace('original', 'small'),
    remote_url: null,
    preview_remote_url: null,
    text_url: null,
    meta:
      polls > 0
        ? {}
        : { original: { width, height, size: `${width}x${height}`, aspect: width / height } },
    description,
    blurhash: null,
  }
}

/** Uploads as a kept post tells of them. */
export function keptPictures(media: readonly StoredMedia[]): KeptPicture[] {
  return media.map(({ mime, width, height, bytes, description }) => {
    return { mime, width, height, bytes, alt: description ?? '' }
  })
}
