import { endOf } from './cut.ts'

/** Characters of a link that are shown where nothing says how many; as many as Mastodon shows. */
export const SHOWN = 30

/** What readers may be shown of an address: host and path without scheme and `www.`, cut with «…» where longer than `most`. */
export function shortLink(address: string, most = SHOWN): string {
  if (!URL.canParse(address)) return address
  const { host, pathname, search } = new URL(address)
  const path = `${readable(pathname)}${search}`.replace(/\/$/, '')
  const shown = `${host.replace(/^www\./, '')}${path}`
  return endOf(shown, most) === shown.length ? shown : `${shown.slice(0, endOf(shown, most - 1))}…`
}

/** A path as people write it, where it decodes to nothing but letters, digits and the usual signs. */
function readable(path: string): string {
  try {
    const decoded = decodeURIComponent(path)
    return /^[\p{L}\p{N}\p{M}/._~-]*$/u.test(decoded) ? decoded.normalize('NFC') : path
  } catch {
    return path
  }
}
