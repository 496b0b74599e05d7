import type { Identity, Syndication } from '../platform.ts'

/** `https://HOST/@user/ID`, or `/users/user/statuses/ID`, of the account's own host and user. */
export function postAt(address: string, { identity }: Identity): Syndication | null {
  const url = URL.parse(address)
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null
  const [, named, first] = /^\/@([^/@]+)\/([\w-]+)\/?$/.exec(url.pathname) ?? []
  const [, user, second] = /^\/users\/([^/]+)\/statuses\/([\w-]+)\/?$/.exec(url.pathname) ?? []
  const owner = `${named ?? user ?? ''}@${url.host}`
  const id = first ?? second
  if (id === undefined || owner.toLowerCase() !== identity.toLowerCase()) return null
  return { id, url: `${url.origin}/@${named ?? user}/${id}` }
}
