import { webAddressOrNull } from '../net/address.ts'
import type { Picture } from './article.ts'
import type { Page } from './dom.ts'
import { fileOf, illustration, mostLooked, sourceOf } from './illustrations.ts'
import { junk } from './junk.ts'
import type { Meta } from './meta.ts'
import { plainTextOrNull } from './text.ts'

const featured = 'img.wp-post-image, .wp-block-post-featured-image img'
const articles = 'article, main, .entry-content'
const elsewhere = [...junk, 'aside, footer'].join(', ')

/** The article's picture: the theme's, the one for other sites, JSON-LD's, the first that is shown. */
export function imageOf(
  page: Page,
  address: string,
  linked: string | null,
  meta: Meta,
): Picture | null {
  const shown = page.querySelector(featured)
  if (shown) {
    const url = sourceOf(shown, address)
    if (url) return { url, alt: plainTextOrNull(shown.getAttribute('alt')) }
  }
  const said = meta('og:image:secure_url') ?? meta('og:image') ?? linked ?? meta('twitter:image')
  const url = webAddressOrNull(said, address)
  if (url) {
    const alt = plainTextOrNull(meta('og:image:alt') ?? meta('twitter:image:alt'))
    return { url, alt: alt ?? altInPage(page, url, address) }
  }
  return firstShown(page, address)
}

/** Also one between the article's title and its text. */
function firstShown(page: Page, address: string): Picture | null {
  for (const image of [...page.querySelectorAll('img')].slice(0, mostLooked)) {
    const [picture] = illustration(image, address)
    if (picture && image.closest(articles) && !image.closest(elsewhere)) return picture
  }
  return null
}

/** What the page itself says of the same picture, whichever size it shows. */
function altInPage(page: Page, url: string, address: string): string | null {
  const file = fileOf(url)
  for (const image of [...page.querySelectorAll('img[alt]')].slice(0, mostLooked)) {
    const source = sourceOf(image, address)
    if (source && fileOf(source) === file) return plainTextOrNull(image.getAttribute('alt'))
  }
  return null
}
