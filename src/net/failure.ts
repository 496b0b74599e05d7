import { Problem } from '../locale/problem.ts'
import { privateHost } from './lookup.ts'

const unknownHost = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME', 'EAI_FAIL'])
const refused = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'])
const timedOut = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
])
const certificate =
  /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/

/** What undici threw, rebuilt as what a person can act on; problems pass through. */
export function problemOf(error: unknown, url: URL): Problem {
  if (error instanceof Problem) return error
  const codes = codesOf(error)
  const [host, address] = [url.host, url.href]
  if (codes.includes(privateHost)) return new Problem('address-private', { address })
  if (codes.some((code) => unknownHost.has(code))) return new Problem('host-unknown', { host })
  if (codes.some((code) => refused.has(code))) return new Problem('connection-refused', { host })
  if (codes.some((code) => timedOut.has(code)))
    return new Problem('timed-out', { address, seconds: 10 })
  const broken = codes.find((code) => certificate.test(code))
  if (broken) return new Problem('certificate', { host, code: broken })
  return new Problem('connection-lost', { address })
}

/** The error's code and those of its causes, outermost first. */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return []
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  const inner = error instanceof AggregateError ? error.errors : []
  return [...own, ...codesOf(error.cause), ...inner.flatMap(codesOf)]
}
