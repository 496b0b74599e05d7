import type { Agent } from '@atproto/api'
import type { Trace, Wire } from '../../net/wire.ts'
import type { BlueskyCredentials } from './credentials.ts'

/** Bluesky's own AppView, open to everybody (BD; cached). */
const PUBLIC = 'https://public.api.bsky.app/'

/**
 * Where counts are asked for without a log-in: the setting's server, else Bluesky's own for accounts on
 * Bluesky's own servers. Null: through the account's server, which passes the question on.
 */
export function appviewOf({ appview, service }: BlueskyCredentials): string | null {
  if (appview !== undefined) return appview
  const { hostname } = new URL(service)
  const own = hostname === 'bsky.social' || hostname.endsWith('.host.bsky.network')
  return own ? PUBLIC : null
}

/** One call without a session, with what the socket tells of it. */
export function openCall(
  wire: Wire,
  Client: typeof Agent,
  root: string,
  signal: AbortSignal,
): { agent: Agent; trace: Trace } {
  const { trace, init: watched } = wire.watch()
  const agent = new Client((path, init) =>
    fetch(new URL(path, root), { ...init, ...watched, signal, redirect: 'manual' }),
  )
  return { agent, trace }
}
