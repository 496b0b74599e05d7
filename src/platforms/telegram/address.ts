import type { Identity, Syndication } from '../platform.ts'

/** A post of a public channel: what its address says. */
export interface PublicPost {
  /** The channel's name without `@`, as written there. */
  channel: string
  id: number
}

const PATH = /^\/(?:s\/)?([a-z]\w{3,31})\/(\d{1,15})\/?$/i
const PRIVATE = /^\/c\/(\d{5,15})\/(\d{1,15})\/?$/

/** The post at `https://t.me/NAME/ID`; null where an address is another. */
export function publicPost(address: string | null): PublicPost | null {
  const [, channel, id] = PATH.exec(pathOf(address ?? '')) ?? []
  return channel === undefined || id === undefined ? null : { channel, id: Number(id) }
}

/**
 * `https://t.me/NAME/ID` where the account's title is `@NAME`, `https://t.me/c/NUMBER/ID` where its identity is
 * -100NUMBER; telegram.me and the public page's `/s/NAME/ID` are the same places.
 */
export function postAt(address: string, { identity, title }: Identity): Syndication | null {
  const post = publicPost(address)
  if (post !== null) {
    const { channel, id } = post
    if (`@${channel}`.toLowerCase() !== title.toLowerCase()) return null
    return { id: String(id), url: `https://t.me/${title.slice(1)}/${id}` }
  }
  const [, number, id] = PRIVATE.exec(pathOf(address)) ?? []
  if (id === undefined || `-100${number}` !== identity) return null
  return { id: String(Number(id)), url: null }
}

function pathOf(address: string): string {
  const url = URL.parse(address.trim())
  if (url === null || !/^https?:$/.test(url.protocol)) return ''
  return /^(www\.)?(t|telegram)\.me$/i.test(url.host) ? url.pathname : ''
}
