import { z } from 'zod'

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * The address of a server that is given secrets: https, or http to this very machine, since a token must
 * not travel in clear. Comes out as origin and path, always with `/` at the end.
 */
export const root = z
  .string()
  .trim()
  .transform((text) => (/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`))
  .refine((text) => URL.canParse(text), 'is no address')
  .transform((text) => new URL(text))
  .refine(isSafe, 'must begin with https:// (http:// only on this machine), without a password')
  .transform(
    (url) => `${url.origin}${url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`}`,
  )

function isSafe(url: URL): boolean {
  if (url.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname))
}
