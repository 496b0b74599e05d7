import { createHash } from 'node:crypto'
import { webAddressOrNull } from '../net/address.ts'

const LONGEST_KEY = 2000

/** Parameters that say where a reader came from, never which article it is. */
const tracking = new Set(
  (
    'fbclid gclid dclid gbraid wbraid gclsrc msclkid yclid ysclid twclid ttclid igshid igsh li_fat_id mc_cid mc_eid ' +
    'mkt_tok _ga _gl _hsenc _hsmi __hstc __hssc __hsfp vero_id vero_conv wickedid oly_anon_id oly_enc_id s_cid ' +
    's_kwcid ef_id xtor rb_clickid spm replytocom share nb fb_ref fb_source fb_action_ids fb_action_types ' +
    'action_object_map action_type_map action_ref_map ref_src ref_url _openstat cmpid ncid srsltid epik guccounter'
  ).split(' '),
)
const trackingPrefixes = ['utm_', 'pk_', 'mtm_', 'piwik_', 'matomo_', 'hsa_', 'at_', 'itm_', 'stm_']

/** What an article may be known by, as far as it is known at the moment. */
export interface Identity {
  /** Addresses of the article: as heard, after redirects, canonical. */
  addresses: readonly (string | null | undefined)[]
  /** The feed's id for it. */
  guid?: string | null | undefined
  /** The site's own id, as `siteKey` writes it. */
  site?: string | null | undefined
  /** The id that a person or script gave. */
  id?: string | null | undefined
}

/** An address as a reader would share it: no fragment, no credentials, no tracking parameters. */
export function cleanAddress(address: string): string {
  const url = new URL(address)
  url.hash = url.username = url.password = ''
  // Parameters that stay keep their spelling, which `searchParams` would change.
  url.search = parametersOf(url).join('&')
  return url.href
}

/**
 * An address as a key: scheme, `www.`, port, credentials, fragment, trailing slashes, tracking parameters and the
 * order of the others set aside, percent-signs in one spelling (NFC). Null for what is no web address.
 */
export function addressKey(address: string): string | null {
  const href = webAddressOrNull(address)
  if (!href) return null
  const url = new URL(href)
  const port = url.port === '' || url.port === '80' || url.port === '443' ? '' : `:${url.port}`
  const path = spelled(url.pathname.replace(/\/+/g, '/')).replace(/(?<=.)\/$/, '')
  const query = parametersOf(url).map(spelled).sort().join('&')
  return hostOf(url) + port + path + (query && `?${query}`)
}

/**
 * Every key of an article; any one that two articles share makes them one. Never its date.
 * `url:` addresses, `wp:` the id in a WordPress site, `guid:` the feed's id, `id:` the id given with the JSON.
 */
export function keysOf({ addresses, guid, site, id }: Identity): string[] {
  const keys = new Set<string>()
  const hosts = new Set<string>()
  for (const address of [...addresses, guid]) {
    const key = address ? addressKey(address) : null
    if (!address || !key) continue
    if (address !== guid) hosts.add(key.replace(/[/?].*$/s, ''))
    // A home page is no key: many articles would become one.
    if (!/^[^/]+\/?$/.test(key)) keys.add(siteKeyOfAddress(address) ?? `url:${key}`)
  }
  if (site) keys.add(site)
  for (const host of hosts) {
    // A feed's id that is no address is unique in its site only.
    if (guid && !addressKey(guid)) keys.add(`guid:${host}:${guid.trim()}`)
    if (id) keys.add(`id:${host}:${id}`)
  }
  return [...keys].map(bounded)
}

/** A key that the ledger's index can hold (Postgres: 2,704 bytes): a longer one is told by its hash. */
function bounded(key: string): string {
  if (Buffer.byteLength(key) <= LONGEST_KEY) return key
  return `sha256:${createHash('sha256').update(key).digest('hex')}`
}

/** The key of a WordPress site's own id: `wp:journal.example:4`; `base` is the site's root. */
export function siteKey(base: string, id: number | string): string | null {
  const key = addressKey(new URL('.', base).href.replace(/[?#].*$/s, ''))
  return key && `wp:${key.replace(/\/$/, '')}:${id}`
}

/** The same from a short link: `https://journal.example/?p=4`. */
function siteKeyOfAddress(address: string): string | null {
  const url = URL.parse(address)
  const [name, id, more] = url ? parametersOf(url).flatMap((parameter) => parameter.split('=')) : []
  if (!url?.pathname.endsWith('/') || more !== undefined || !/^\d+$/.test(id ?? '')) return null
  return name === 'p' || name === 'page_id' ? siteKey(url.href, Number(id)) : null
}

/** Host without `www.` and final dot, in lower case, internationalised names in their ASCII spelling. */
export function hostOf(url: URL): string {
  return url.hostname
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^www\./, '')
}

function parametersOf(url: URL): string[] {
  return url.search
    .slice(1)
    .split('&')
    .filter((parameter) => {
      const name = parameter.replace(/=.*$/s, '').toLowerCase()
      return (
        name !== '' &&
        !tracking.has(name) &&
        !trackingPrefixes.some((prefix) => name.startsWith(prefix))
      )
    })
}

/** Percent-signs in one spelling: decoded where the sign means just itself, NFC (the letter before may take an accent). */
function spelled(text: string): string {
  return text.replace(/[a-z]?(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return encodeURIComponent(decodeURIComponent(run).normalize('NFC'))
    } catch {
      return run.replace(/%../g, (sign) => sign.toUpperCase())
    }
  })
}
