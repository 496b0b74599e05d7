import { webAddressOrNull } from '../net/address.ts'
import type { Picture } from './article.ts'
import type { Element } from './dom.ts'
import { plainTextOrNull } from './text.ts'

/** More than any platform takes. */
export const mostPictures = 10
/** No text has more images than this before its tenth picture, and looking at one takes time. */
export const mostLooked = 100
/** Pixels; a site that says less shows an icon, a badge or a counter. */
const smallest = 100
/** A picture in the text that its editor has not put into a figure is one from this width on. */
const fairlyWide = 200
/** What themes and plugins call what illustrates nothing, in classes and at the beginning of file names. */
const decoration =
  'logo|badge|icon|favicon|avatar|gravatar|emoji|smiley|counter|pixel|tracking|tracker|spacer|blank|sprite|share'
const decorativeClass = new RegExp(`(?:^|[\\s_-])(?:wp-)?(?:${decoration})s?(?:$|[\\s_-])`, 'i')
const decorativeFile = new RegExp(`/(?:${decoration})s?(?:[-_.][^/]*)?$`, 'i')
/** Whose pictures are never an article's. */
const decorativeHosts =
  /(?:^|\.)(?:gravatar\.com|s\.w\.org|(?:pixel|stats)\.wp\.com|shields\.io|badgen\.net|feedburner\.com|doubleclick\.net|google-analytics\.com)$/i

/** The pictures of a text in their order, each once, at most ten. Junk has been removed from it before. */
export function picturesIn(root: Element, address: string): Picture[] {
  const images = [...root.querySelectorAll('img')].slice(0, mostLooked)
  return eachOnce(images.flatMap((image) => illustration(image, address)))
}

/**
 * Each picture once, the first ten; a description that only its second has is not lost. `same` names what one picture
 * is known by: its file, whichever size of it, unless another way is given.
 */
export function eachOnce(
  pictures: readonly Picture[],
  same: (url: string) => string = fileOf,
): Picture[] {
  const kept = new Map<string, Picture>()
  for (const picture of pictures) {
    const file = same(picture.url)
    const first = kept.get(file) ?? picture
    kept.set(file, { url: first.url, alt: first.alt ?? picture.alt })
  }
  return [...kept.values()].slice(0, mostPictures)
}

/** An image of a text, where it is a picture and not an emoji, a badge, a counter or a face. */
export function illustration(image: Element, address: string): Picture[] {
  const url = sourceOf(image, address)
  if (url === null || !isIllustration(image, new URL(url))) return []
  return [{ url, alt: plainTextOrNull(image.getAttribute('alt')) }]
}

function isIllustration(image: Element, { hostname, pathname }: URL): boolean {
  const [width, height] = [sideOf(image, 'width'), sideOf(image, 'height')]
  if ((width ?? smallest) < smallest || (height ?? smallest) < smallest) return false
  if (decorativeClass.test(image.getAttribute('class') ?? '')) return false
  if (decorativeHosts.test(hostname) || decorativeFile.test(pathname) || /\.svg$/i.test(pathname))
    return false
  if (image.closest('a[rel~="sponsored"], .wp-block-avatar, .wp-block-site-logo')) return false
  const placed = image.closest('figure') ?? (image.matches('[class*="wp-image-"]') ? image : null)
  return placed !== null || (width ?? 0) >= fairlyWide
}

function sideOf(image: Element, name: 'width' | 'height'): number | null {
  const side = Number.parseInt(image.getAttribute(name) ?? '', 10)
  return Number.isNaN(side) || image.getAttribute(name)?.includes('%') ? null : side
}

/** Where a picture's bytes are: lazy loading puts them elsewhere, and `src` holds a blank. */
export function sourceOf(image: Element, address: string): string | null {
  const sources = ['data-src', 'data-lazy-src', 'data-original', 'src'].map((name) =>
    image.getAttribute(name),
  )
  return webAddressOrNull(
    sources.find((source) => source && !source.startsWith('data:')),
    address,
  )
}

/** What all sizes of one picture have in common, as WordPress (and its image proxy) and Ghost name them. */
export function fileOf(url: string): string {
  const { pathname, search } = new URL(url)
  const path = pathname
    .replace(/^.*\/(?=wp-content\/uploads\/)/, '/')
    .replace(/\/size\/w\d+(?:h\d+)?(?:\/format\/\w+)?(?=\/)/, '')
    .replace(/(?<=\.(?:jpe?g|png))\.(?:webp|avif)$/i, '')
    .replace(/-(?:\d+x\d+|scaled)(?=\.\w+$)/, '')
  // A script that serves pictures tells them apart by its query.
  return /\.\w{3,4}$/.test(path) && !/\.(?:php|asp|aspx|cgi)$/i.test(path) ? path : path + search
}
