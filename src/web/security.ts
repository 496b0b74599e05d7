import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { Config } from '../config/config.ts'
import { webAddress } from './address.ts'
import type { PictureAt } from './looks/look.ts'

/**
 * Headers for every answer: no script at all, styles and pictures of our own, nobody may frame us. In the
 * sandbox (`site`: the sample site's address) the drawn cards also show the pictures of the sites that are read.
 */
export function securityHeaders(config: Config, site: string | null): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:', ...(site === null ? [] : picturesFrom(config, site))],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    // Forms must say that they come from us, and nobody else is told anything.
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    // A proxy that speaks TLS says this itself: we speak plain HTTP.
    strictTransportSecurity: false,
  })
}

/** The sample site; with feeds of one's own, their sites, and the https addresses where these keep pictures. */
function picturesFrom({ sources }: Config, site: string): string[] {
  if (sources.length === 0) return [new URL(site).origin]
  return [...new Set(['https:', ...sources.map(({ url }) => new URL(url).origin)])]
}

/** The pictures that the policy above lets a page show, by their addresses. */
export function pictureAtOf(config: Config, site: string | null): PictureAt {
  const from = site === null ? [] : picturesFrom(config, site)
  return (address) => {
    const url = URL.parse(webAddress(address) ?? '')
    return url !== null && (from.includes(url.protocol) || from.includes(url.origin))
      ? url.href
      : null
  }
}
