import type { Identity, Syndication } from '../platform.ts'
import { addressOf, POST } from './record.ts'

/** Posts are kept under TIDs only (lexicon app.bsky.feed.post; atproto.com/specs/tid). */
const SHOWN = /^\/profile\/([^/]+)\/post\/([2-7a-j][2-7a-z]{12})\/?$/
const RECORD = /^at:\/\/([^/]+)\/app\.bsky\.feed\.post\/([2-7a-j][2-7a-z]{12})$/

/** `https://bsky.app/profile/HANDLE_OR_DID/post/KEY`, or an `at://` address, of the account's own posts. */
export function postAt(address: string, { identity, title }: Identity): Syndication | null {
  const handle = title.replace(/^@/, '')
  const [, owner, key] = SHOWN.exec(pathOf(address)) ?? RECORD.exec(address.trim()) ?? []
  if (owner === undefined || key === undefined) return null
  if (owner !== identity && owner.toLowerCase() !== handle.toLowerCase()) return null
  return { id: uriOf(identity, key), url: addressOf(identity, handle, key) }
}

/** The address of a post's record. */
function uriOf(did: string, key: string): string {
  return `at://${did}/${POST}/${key}`
}

/** The key of a record in this account's repository; null where the address is another's. */
export function keyOf(uri: string, did: string): string | null {
  const own = uriOf(did, '')
  return uri.startsWith(own) ? uri.slice(own.length) : null
}

/** The path of an address in Bluesky's own app, of whichever version. */
function pathOf(address: string): string {
  const url = URL.parse(address.trim())
  if (url === null || !/^https?:$/.test(url.protocol)) return ''
  if (!/^(?:[\w-]+\.)?bsky\.app$/.test(url.host)) return ''
  return url.pathname.replace(/%3a/gi, ':')
}
