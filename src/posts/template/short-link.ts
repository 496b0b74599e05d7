import { endOf } from '../fit/cut.ts'

/** Characters of a link that are shown where nothing says how many; as many as Mastodon shows. */
export const SHOWN = 30

/** What readers may be shown of an address: host and path without scheme and `www.`, cut with «…» where longer than `most`. */
export function shortLink(address: string, most = SHOWN): string {
  if (!URL.canParse(address)) return address
  const { host, pathname, search } = new URL(address)
  const path = `${readable(pathname)}${search}`.replace(/\/$/, '')
  const shown = `${host.replace(/^www\./, '')}${path}`
  return endOf(shown, most) === shown.length ? shown : `${cut(shown, endOf(shown, most - 1))}…`
}

/** Fewer characters of a path's last piece say nothing. */
const TELLING = 4

/** As much of an address as `most` units hold, its last word whole or left out. Never less than its host. */
function cut(shown: string, most: number): string {
  const kept = shown.slice(0, most)
  const slash = kept.lastIndexOf('/')
  if (slash === -1 || /[/-]/.test(shown[most] ?? '')) return kept
  const dash = kept.lastIndexOf('-')
  return dash - slash > TELLING ? kept.slice(0, dash) : kept.slice(0, slash + 1)
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
