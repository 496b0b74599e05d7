import { pictured } from '../picture.ts'
import { refused } from './refusals.ts'

/** M media_attachment.rb and attachmentable.rb: bytes, pixels, pixels of a GIF, characters of a description. */
export const LARGEST = {
  bytes: 16 * 1024 * 1024,
  pixels: 33_177_600,
  gifPixels: 1280 * 720,
  description: 1500,
}

/** The picture that an upload holds, by its bytes, whatever it is called. Throws 422 for what is none, or too large. */
export async function pictureOf({ file }: Record<string, unknown>) {
  if (!(file instanceof Blob) || file.size === 0) throw refused('noFile')
  if (file.size > LARGEST.bytes) throw refused('largeFile')
  const found = pictured(new Uint8Array(await file.arrayBuffer()))
  if (found === null) throw refused(file.type.startsWith('image/') ? 'unverified' : 'badType')
  const { mime, width, height } = found
  const most = mime === 'image/gif' ? LARGEST.gifPixels : LARGEST.pixels
  if (width * height > most) throw refused('largePicture', `${width}x${height}`)
  return { ...found, bytes: file.size }
}

/** A description as it is kept; null where there is none. Throws 422 where it is too long. */
export function descriptionOf({ description }: Record<string, unknown>): string | null {
  const text = typeof description === 'string' ? description.trim() : ''
  if (Array.from(text).length > LARGEST.description) throw refused('longDescription')
  return text === '' ? null : text
}
