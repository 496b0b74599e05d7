import type { Metadata, Sharp } from 'sharp'
import { Problem } from '../locale/problem.ts'
import { isMovingPng, recognise } from './recognise.ts'
import { sizeWithin, type Cap, type Size } from './size.ts'

/** A picture ready to upload. */
export interface Ready {
  bytes: Uint8Array
  mime: 'image/jpeg'
  /** Pixels, as it is seen: upright. */
  width: number
  height: number
  /** It moved; only its first picture is kept. */
  still: boolean
}

/**
 * Millions of pixels that are decoded in 300 MB at most, as measured: 0.6 bytes a pixel where lines are shrunk as they
 * are read, 6 where the whole is held (a progressive JPEG), 18 in AVIF.
 */
const most = { streamed: 100, whole: 50, avif: 16 }
const decodingSeconds = 20
const qualities = [85, 75, 65, 50]
const scales = [1, 0.75, 0.5, 0.25]

/**
 * A picture made to fit: recognised by its bytes, turned upright, in sRGB on white, its first frame, without
 * metadata, as JPEG. `address` is for the problems: those of `recognise`, `picture-broken`, `picture-too-large`
 * (pixels), `picture-too-long` (ratio).
 */
export async function shrink(bytes: Uint8Array, cap: Cap, address: string): Promise<Ready> {
  await recognise(bytes, address)
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  sharp.concurrency(1)
  const options = {
    limitInputPixels: most.streamed * 1_000_000,
    failOn: 'error',
    pages: 1,
  } as const
  const open = () => sharp(bytes, options).timeout({ seconds: decodingSeconds })
  const about = await described(open(), address)
  const size = sizeWithin(about.autoOrient, cap)
  if (size === null) throw new Problem('picture-too-long', { address, ratio: cap.ratio ?? 1 })
  try {
    const pixels = await decoded(open(), size)
    const again = () => sharp(pixels.data, { raw: pixels.info })
    const jpeg = await smallEnough(again, size, cap.bytes)
    const still = (about.pages ?? 1) > 1 || isMovingPng(bytes)
    if (jpeg) return { ...jpeg, mime: 'image/jpeg', still }
  } catch {
    throw new Problem('picture-broken', { address })
  }
  throw new Problem('picture-unreadable', { address })
}

/** What the head of the file says, before anything is decoded. */
async function described(picture: Sharp, address: string): Promise<Metadata> {
  const about = await picture.metadata().catch((error: unknown) => {
    if (!(error instanceof Error && error.message.includes('pixel limit')))
      throw new Problem('picture-broken', { address })
    throw new Problem('picture-too-large', { address, megapixels: most.streamed })
  })
  const megapixels = mostMegapixels(about)
  if (about.width * about.height > megapixels * 1_000_000)
    throw new Problem('picture-too-large', { address, megapixels })
  return about
}

function mostMegapixels({ format, isProgressive }: Metadata): number {
  if (format === 'heif') return most.avif
  return isProgressive || format === 'gif' || format === 'webp' ? most.whole : most.streamed
}

/** Decoded once, at the size it will have at most: a JPEG is never whole in memory. */
async function decoded(picture: Sharp, { width, height }: Size) {
  return picture
    .autoOrient()
    .resize({ width, height, fit: 'fill' })
    .toColourspace('srgb')
    .flatten({ background: '#ffffff' })
    .raw()
    .toBuffer({ resolveWithObject: true })
}

/** Worse before smaller; null where nothing fits. */
async function smallEnough(picture: () => Sharp, { width, height }: Size, bytes: number) {
  for (const scale of scales) {
    const size = sizeWithin(
      { width, height },
      { bytes, width: width * scale, height: height * scale },
    )
    if (size === null) continue
    for (const quality of qualities) {
      const jpeg = await picture()
        .resize({ ...size, fit: 'fill' })
        .jpeg({ quality })
        .toBuffer()
      if (jpeg.byteLength <= bytes) return { bytes: new Uint8Array(jpeg), ...size }
    }
  }
  return null
}
