import type { MiddlewareHandler } from 'hono'
import type { Config } from '../config/config.ts'
import type { Words } from '../locale/words.ts'
import type { Log } from '../log.ts'
import { logRefusal } from './caller.ts'
import type { PublicProblem } from './problems.ts'

interface Refusing {
  config: Config
  words: Words
  log: Log
}

/**
 * Whether a request for that `Host` is meant for us: a loopback name, HOST, or PUBLIC_URL's host. Another name
 * that leads here can be a stranger's page that reads ours through somebody's browser (DNS rebinding).
 */
export function isOurs(host: string, { host: own, publicUrl }: Pick<Config, 'host' | 'publicUrl'>) {
  const name = nameOf(host)
  if (name === null) return false
  if (name === 'localhost' || name.endsWith('.localhost') || name === '[::1]') return true
  if (/^127\.\d+\.\d+\.\d+$/.test(name)) return true
  return name === nameOf(bracketed(own)) || name === (publicUrl && URL.parse(publicUrl)?.hostname)
}

/** Answers 421 to requests meant for somebody else, machines as JSON; each leaves a line in the log. */
export function onlyOurHosts({ config, words, log }: Refusing): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header('host') ?? new URL(context.req.url).host
    if (isOurs(host, config)) return next()
    logRefusal(log, context, 421, 'host-refused')
    const message = words.web.hostRefused({ host })
    if (!/^\/(api|hooks)\//.test(context.req.path)) return context.text(`${message}\n`, 421)
    const error = { kind: 'host-refused', message, setting: 'PUBLIC_URL' }
    return context.json({ error } satisfies PublicProblem, 421)
  }
}

/** An IPv6 address as it stands in a URL. */
export function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

/** Lower case, in one spelling, without port. */
function nameOf(host: string): string | null {
  return URL.parse(`http://${host}`)?.hostname.replace(/\.$/, '') ?? null
}
