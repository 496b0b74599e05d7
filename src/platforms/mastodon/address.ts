import type { Identity, Syndication } from '../platform.ts'

/** As readers see it: `/@user/ID`; in the web client before 4.0 and its columns; on GoToSocial. */
const SHOWN = /^(?:\/web|\/deck)?\/@([^/@]+)\/(?:statuses\/)?([\w-]+)\/?$/
/** As servers name it to each other. */
const NAMED = /^\/users\/([^/@]+)\/statuses\/([\w-]+)\/?$/

/** `https://HOST/@user/ID`, or `/users/user/statuses/ID`, of the account's own host and user. */
export function postAt(address: string, { identity }: Identity): Syndication | null {
  const url = URL.parse(address.trim())
  if (url === null || !/^https?:$/.test(url.protocol)) return null
  const [, user, id] = SHOWN.exec(url.pathname) ?? NAMED.exec(url.pathname) ?? []
  if (user === undefined || id === undefined) return null
  if (`${user}@${url.host}`.toLowerCase() !== identity.toLowerCase()) return null
  return { id, url: `${url.origin}/@${identity.slice(0, user.length)}/${id}` }
}
