import type { Sharp } from 'sharp'
import { Problem } from '../locale/problem.ts'

/** The most a picture may be: bytes of the file, pixels of its sides. */
export interface Cap {
  bytes: number
  width: number
  height: number
}

/** A picture ready to upload. */
export interface Thumbnail {
  bytes: Uint8Array
  mime: 'image/jpeg'
  width: number
  height: number
}

const formats = new Set(['jpeg', 'png', 'webp', 'gif', 'heif', 'avif'])
const mostPixels = 100_000_000
/** Wide enough for any card. */
const widest = 1200
const qualities = [85, 75, 65, 50]
const scales = [1, 0.75, 0.5, 0.25]

/**
 * A picture made small: recognised by its bytes, turned upright, in sRGB on white, its first frame, without
 * metadata, as JPEG. `address` is for the problems, `picture-unreadable` and `picture-too-large`.
 */
export async function shrink(bytes: Uint8Array, cap: Cap, address: string): Promise<Thumbnail> {
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  sharp.concurrency(1)
  const open = () => sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', pages: 1 })
  await recognised(open(), address)
  try {
    return await smaller(open, cap, address)
  } catch (error) {
    throw error instanceof Problem ? error : new Problem('picture-unreadable', { address })
  }
}

async function recognised(picture: Sharp, address: string): Promise<void> {
  const about = await picture.metadata().catch((error: unknown) => {
    const tooLarge = error instanceof Error && error.message.includes('pixel limit')
    throw tooLarge
      ? new Problem('picture-too-large', { address, megapixels: mostPixels / 1_000_000 })
      : new Problem('picture-unreadable', { address })
  })
  if (!formats.has(about.format)) throw new Problem('picture-unreadable', { address })
  if (about.width * about.height > mostPixels) {
    throw new Problem('picture-too-large', { address, megapixels: mostPixels / 1_000_000 })
  }
}

async function smaller(open: () => Sharp, cap: Cap, address: string): Promise<Thumbnail> {
  for (const scale of scales) {
    for (const quality of qualities) {
      const { data, info } = await open()
        .autoOrient()
        .resize({
          width: Math.max(1, Math.round(Math.min(cap.width, widest) * scale)),
          height: Math.max(1, Math.round(cap.height * scale)),
          fit: 'inside',
          withoutEnlargement: true,
        })
        .toColourspace('srgb')
        .flatten({ background: '#ffffff' })
        .jpeg({ quality, mozjpeg: false })
        .toBuffer({ resolveWithObject: true })
      if (data.byteLength <= cap.bytes) {
        return {
          bytes: new Uint8Array(data),
          mime: 'image/jpeg',
          width: info.width,
          height: info.height,
        }
      }
    }
  }
  throw new Problem('picture-unreadable', { address })
}
