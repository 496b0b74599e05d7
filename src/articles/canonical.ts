import { isAddressLiteral, webAddressOrNull } from '../net/address.ts'
import { attributeOf, type Page } from './dom.ts'
import { addressKey, cleanAddress, hostOf } from './identity.ts'

/**
 * The address that a page gives for itself, else where it was read, without tracking. A canonical link that leads to
 * a home page is distrusted: many pages would become one article.
 */
export function canonicalOf(page: Page, address: string): string {
  const own = cleanAddress(address)
  const said =
    webAddressOrNull(attributeOf(page, 'link[rel~="canonical"]', 'href'), address) ??
    webAddressOrNull(attributeOf(page, 'meta[property="og:url"]', 'content'), address)
  if (!said) return own
  const [url, from] = [new URL(said), new URL(own)]
  if (isHome(url)) return own
  if (hostOf(url) !== hostOf(from) && isAddressLiteral(url.hostname)) return own
  // Sites that moved to TLS often forget this link.
  if (from.protocol === 'https:' && addressKey(said) === addressKey(own)) url.protocol = 'https:'
  return cleanAddress(url.href)
}

/** Whether an address is a site's front page. `/?p=4` is an article. */
export function isHome(url: URL): boolean {
  const path = url.pathname.replace(/\/index\.\w+$/, '/')
  return path === '/' && cleanAddress(url.href).split('?')[1] === undefined
}
