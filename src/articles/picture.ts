import { webAddressOrNull } from '../net/address.ts'
import type { Picture } from './article.ts'
import type { Page } from './dom.ts'
import { fileOf, illustration, sourceOf } from './illustrations.ts'
import { junk } from './junk.ts'
import type { Meta } from './meta.ts'
import { plainTextOrNull } from './text.ts'

const featured = 'img.wp-post-image, .wp-block-post-featured-image img'
/** A picture that is surely the article's: also one between its title and its text. */
const shownFirst = '.entry-content img[class*="wp-image-"], article figure img, main figure img'
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
  for (const image of page.querySelectorAll(shownFirst)) {
    const [picture] = illustration(image, address)
    if (picture && !image.closest(elsewhere)) return picture
  }
  return null
}

/** What the page itself says of the same picture, whichever size it shows. */
function altInPage(page: Page, url: string, address: string): string | null {
  for (const image of page.querySelectorAll('img[alt]')) {
    const source = sourceOf(image, address)
    if (source && fileOf(source) === fileOf(url)) return plainTextOrNull(image.getAttribute('alt'))
  }
  return null
}
