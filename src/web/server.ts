import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Problem } from '../locale/problem.ts'
import { codeOf } from '../reason.ts'
import { isCrieur } from './health.ts'
import { bracketed } from './hosts.ts'
import { routes, type Web } from './routes.ts'
import { isOpen } from './session/guard.ts'
import { makeFirstPassword } from './session/password.ts'

/** Answers under way get this long when the server closes. */
const GRACE_MS = 1000

/** The web server, running. */
export interface RunningWeb {
  /** The address it really listens on, without a slash at the end. */
  url: string
  /** Makes the pages' first password, to be told this one time; null where there is one, or none is needed. */
  firstPassword(): Promise<string | null>
  close(): Promise<void>
}

/**
 * Serves pages and health on HOST and PORT. `ready`: whether all roles are up, for `/readyz`.
 * Throws `Problem` where the port is taken or refused, or the host is none of this machine's.
 */
export async function startWeb(app: Web, ready: () => boolean): Promise<RunningWeb> {
  const { host, port } = app.config
  const web = await routes(app, ready)
  const listener = getRequestListener(web.fetch, { overrideGlobalObjects: false })
  const server = createServer((request, response) => void listener(request, response))
  await listen(server, host, port)
  const address = server.address()
  const open = address !== null && typeof address === 'object' ? address.port : port
  return {
    url: `http://${bracketed(host)}:${open}`,
    firstPassword: () => firstPassword(app),
    close: () => close(server),
  }
}

async function firstPassword(app: Web): Promise<string | null> {
  if (isOpen(app) || app.config.adminPassword !== null) return null
  return makeFirstPassword(app.store.db, app.store.clock)
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  try {
    server.listen({ host, port })
    await once(server, 'listening')
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EADDRINUSE') {
      throw new Problem('port-taken', { port, ours: await isCrieur(urlOf(host, port)) })
    }
    if (code === 'EACCES') throw new Problem('port-refused', { port })
    if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EAFNOSUPPORT', 'EINVAL'].includes(code)) {
      throw new Problem('host-unusable', { host, code })
    }
    throw error
  }
}

/** Where somebody on this machine reaches what listens there. */
function urlOf(host: string, port: number): string {
  const near = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `http://${bracketed(near)}:${port}`
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS)
  await closed
  clearTimeout(timer)
}
