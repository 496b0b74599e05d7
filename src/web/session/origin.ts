import type { Config } from '../../config/config.ts'
import { isOurs } from '../hosts.ts'

/** What a browser says of where a form was sent from. */
export interface Sent {
  origin: string | undefined
  referer: string | undefined
  host: string
}

/**
 * Whether a form came from a page of ours: by `Origin`, else by `Referer`, which must name the very host that was
 * asked, or PUBLIC_URL's. A browser that says neither is refused: it cannot be told from a stranger's page.
 */
export function isFromUs(
  { origin, referer, host }: Sent,
  config: Pick<Config, 'host' | 'publicUrl'>,
): boolean {
  const from = URL.parse(origin ?? referer ?? '')
  if (from === null || !isOurs(from.host, config)) return false
  const outside = config.publicUrl === null ? null : URL.parse(config.publicUrl)
  return from.host === host || from.origin === outside?.origin
}
