import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import type { Log } from '../log.ts'

/** A longer path is cut in the log. */
const LONGEST = 200

/** Where a request came from, as far as our own socket tells; behind a proxy that is the proxy. */
export function callerOf(context: Context): string | null {
  try {
    return getConnInfo(context).remote.address ?? null
  } catch {
    return null // asked without a socket
  }
}

/** The one line that a refused request leaves in the log. `reason` is a kind, never what was sent. */
export function logRefusal(log: Log, context: Context, status: number, reason: string): void {
  log.warn('request refused', {
    method: context.req.method,
    path: context.req.path.slice(0, LONGEST),
    status,
    reason,
    from: callerOf(context),
  })
}
