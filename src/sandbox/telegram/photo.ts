import { createHash } from 'node:crypto'
import type { Keep } from '../keep.ts'
import { pictured } from '../picture.ts'
import type { KeptPicture, KeptPost } from '../stand-in.ts'
import { textOf } from './parameters.ts'
import { refused } from './refusals.ts'

/** A photo of a message; `fileId` names it in later calls. */
export interface Photo extends KeptPicture {
  fileId: string
}

/** Spec sendPhoto. */
const MOST = { bytes: 10 * 1024 * 1024, sum: 10_000, ratio: 20 }
const KINDS = new Set(['image/jpeg', 'image/png'])

/**
 * The photo that a call uploads, or names by the `file_id` of one that stands. Throws what the server refuses. An
 * address is never read from here: nothing here reads other pages.
 */
export async function sentPhoto(
  parameters: Record<string, unknown>,
  keep: Pick<Keep<unknown>, 'posts'>,
): Promise<Photo> {
  const { photo } = parameters
  if (photo instanceof Blob) return uploaded(new Uint8Array(await photo.arrayBuffer()))
  const name = textOf(parameters, 'photo')
  if (name === '') throw refused('noPhoto')
  if (/^https?:\/\//i.test(name)) throw refused('unreadPhoto')
  const known = keep
    .posts()
    .flatMap((post) => photoIn(post) ?? [])
    .find(({ fileId }) => fileId === name)
  if (!known) throw refused('wrongPhoto')
  return known
}

function uploaded(bytes: Uint8Array): Photo {
  if (bytes.length === 0) throw refused('emptyFile')
  if (bytes.length > MOST.bytes) throw refused('largePhoto', String(bytes.length))
  const found = pictured(bytes)
  if (found === null || !KINDS.has(found.mime)) throw refused('badPhoto')
  const { width, height } = found
  const ratio = Math.max(width, height) / Math.min(width, height)
  if (width + height > MOST.sum || ratio > MOST.ratio) throw refused('badDimensions')
  const fileId = `AgACAgQ${createHash('sha256').update(bytes).digest('base64url')}`
  return { fileId, ...found, bytes: bytes.length, alt: null }
}

/** The photo of a kept message; null where it is a text. */
export function photoIn({ wire, pictures: [picture] }: KeptPost): Photo | null {
  if (!picture || typeof wire !== 'object' || wire === null || !('photo' in wire)) return null
  return { ...picture, fileId: String(wire.photo) }
}

/** What is kept of a message's photo. */
export function picturesOf(photo: Photo | null): KeptPicture[] {
  if (photo === null) return []
  const { fileId: _, ...picture } = photo
  return [picture]
}

/** A photo as the Bot API shows it: its sizes, of which there is one here. */
export function shownPhoto({ fileId, width, height, bytes }: Photo) {
  const file_unique_id = fileId.slice(7, 23)
  return [{ file_id: fileId, file_unique_id, width, height, file_size: bytes }]
}
