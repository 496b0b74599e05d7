import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Problem } from '../locale/problem.ts'

const globalIpv6 = ipaddr.parseCIDR('2000::/3')

/**
 * Whether an IP address can be reached from anywhere, so that a stranger may name it. Private, loopback, link-local,
 * shared (CGNAT), multicast, unique-local, reserved and tunnelled addresses are not; an IPv4 address written inside
 * IPv6 (mapped, or NAT64 by RFC 6052) counts as itself.
 */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  if (!ipaddr.isValid(bare)) return false
  const ip = ipaddr.process(bare)
  if (ip instanceof ipaddr.IPv4) return ip.range() === 'unicast'
  if (ip.range() === 'rfc6052') return isPublicAddress(ip.toByteArray().slice(12).join('.'))
  return ip.range() === 'unicast' && ip.match(globalIpv6)
}

/** Whether the host of a parsed URL is an IP address rather than a name. */
export function isAddressLiteral(hostname: string): boolean {
  return isIP(hostname.replace(/^\[|\]$/g, '')) !== 0
}

/**
 * An address as somebody typed it or a page names it, made a URL that may be asked: http or https, no credentials,
 * no fragment. Throws `address-invalid`.
 */
export function webAddress(address: string, base?: string): URL {
  const url = URL.parse(address.trim(), base)
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') {
    throw new Problem('address-invalid', { address })
  }
  url.username = ''
  url.password = ''
  url.hash = ''
  return url
}

/** The same for addresses found in pages, where a broken one is simply none. */
export function webAddressOrNull(address: string | null | undefined, base?: string): string | null {
  if (!address) return null
  try {
    return webAddress(address, base).href
  } catch {
    return null
  }
}
