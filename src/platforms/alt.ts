import type { Image, Warning } from '../posts/post.ts'
import type { Limits } from './platform.ts'
import { withoutTail } from './tail.ts'

const segmenter = new Intl.Segmenter()

/**
 * The first images, as many as an account takes, with descriptions no longer than it takes (in code points, as
 * servers count them): cut at a word where there is one, with «…».
 */
export function imagesFor(
  images: readonly Image[],
  limits: Pick<Limits, 'images' | 'alt'>,
): Image[] {
  const { images: most = 0, alt: longest = Infinity } = limits
  return images
    .slice(0, most)
    .map((image) => (image.alt === null ? image : { ...image, alt: shortened(image.alt, longest) }))
}

/** A part's warnings, without those about the descriptions of pictures that stay behind. */
export function warningsFor(warnings: readonly Warning[], sent: readonly Image[]): Warning[] {
  const urls = new Set(sent.map(({ url }) => url))
  return warnings.filter(({ kind, about }) => kind !== 'no-alt' || urls.has(about ?? ''))
}

function shortened(text: string, longest: number): string {
  if (text.length <= longest || Array.from(text).length <= longest) return text
  let kept = ''
  let left = longest - 1
  for (const { segment } of segmenter.segment(Array.from(text).slice(0, longest).join(''))) {
    left -= Array.from(segment).length
    if (left < 0) break
    kept += segment
  }
  const word = kept.replace(/\s+\S*$/u, '')
  return `${withoutTail(word.length > kept.length / 2 ? word : kept, /[\s\p{P}]/u)}…`
}
