/** Shown before an address is cut, by Mastodon's rule (text_formatter.rb). */
const SHOWN = 30

/** An address in three pieces; readers see the middle one, and «…» after it where something is left. */
export interface ShownAddress {
  before: string
  shown: string
  after: string
}

/** How Mastodon shows a written address: without its scheme and `www.`, thirty characters of it. */
export function shorten(address: string): ShownAddress {
  const before = ['https://www.', 'http://www.', 'https://', 'http://'].find((start) =>
    address.startsWith(start),
  )
  const rest = Array.from(address.slice(before?.length ?? 0))
  return {
    before: before ?? '',
    shown: rest.slice(0, SHOWN).join(''),
    after: rest.slice(SHOWN).join(''),
  }
}

/** An address that a page may lead to or take a picture from: only the web's own schemes. */
export function webAddress(address: string | null | undefined): string | null {
  const url = URL.parse(address ?? '')
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : null
}

/** The host of an address as cards show it. */
export function hostOf(address: string): string {
  return URL.parse(address)?.host.replace(/^www\./, '') ?? ''
}
