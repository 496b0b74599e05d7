import type { Identity, Syndication } from '../platform.ts'
import { addressOf, POST } from './record.ts'

/** `https://bsky.app/profile/HANDLE_OR_DID/post/KEY`, or an `at://` address, of the account's own posts. */
export function postAt(address: string, { identity, title }: Identity): Syndication | null {
  const handle = title.replace(/^@/, '')
  const web = /^https?:\/\/(?:[\w-]+\.)?bsky\.app\/profile\/([^/?#]+)\/post\/([\w.~:-]+)/i
  const record = /^at:\/\/([^/?#]+)\/app\.bsky\.feed\.post\/([\w.~:-]+)$/
  const [, owner, key] = web.exec(address) ?? record.exec(address) ?? []
  if (owner === undefined || key === undefined) return null
  if (owner !== identity && owner.toLowerCase() !== handle.toLowerCase()) return null
  return { id: `at://${identity}/${POST}/${key}`, url: addressOf(identity, handle, key) }
}

/** The key of a record's address. */
export function keyOf(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1)
}
