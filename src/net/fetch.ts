import type { Agent, Response } from 'undici'
import { Problem } from '../locale/problem.ts'
import { isAddressLiteral, isPublicAddress, webAddress } from './address.ts'
import { bodyOf } from './body.ts'
import { problemOf } from './failure.ts'
import { publicLookup } from './lookup.ts'

const userAgent = 'Crieur/0.1 (+reads articles and feeds to announce them)'
const pageTimeoutMs = 30_000
const connectTimeoutMs = 10_000
const pageBytes = 10 * 1024 * 1024
const maxRedirects = 5

/** What one request may ask for besides the address. */
export interface FetchOptions {
  /** The Accept header; a page where not given. */
  accept?: string
  /** Cap on decoded bytes; 10 MB where not given. */
  maxBytes?: number
  /** For everything together, redirects and body included; 30 s where not given. */
  timeoutMs?: number
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** An answer: 2xx, or 304 where the request was conditional. */
export interface Fetched {
  /** After redirects. */
  url: string
  status: number
  headers: Headers
  bytes: Uint8Array
  /** The bytes decoded by what they, the header or the document itself declare. */
  text(): string
}

/** Reads what strangers name. */
export interface GuardedFetch {
  /**
   * Throws a `Problem`: `address-invalid`, `address-private`, `host-unknown`, `connection-refused`, `connection-lost`,
   * `certificate`, `timed-out`, `too-large`, `too-many-redirects`, `http-status`.
   */
  get(url: string, options?: FetchOptions): Promise<Fetched>
  /** Lets go of sockets. */
  close(): Promise<void>
}

/** `allowPrivate`: read any address. `allowOrigins`: private origins that may be read all the same (the sample site). */
export interface GuardSettings {
  allowPrivate: boolean
  allowOrigins: readonly string[]
}

/**
 * A fetch for addresses that strangers name: only http and https, only public addresses, each redirect checked anew
 * (at most 5), credentials in addresses dropped, 30 s and 10 MB at most.
 */
export function createFetch(settings: GuardSettings): GuardedFetch {
  const agents = new Map<boolean, Agent>()

  /** undici is loaded at the first request; the guarded agent also checks what a name resolves to. */
  async function agentFor(trusted: boolean): Promise<Agent> {
    const { Agent } = await import('undici')
    const made = agents.get(trusted)
    if (made) return made
    const lookup = trusted ? {} : { lookup: publicLookup }
    const agent = new Agent({ connect: { timeout: connectTimeoutMs, ...lookup } })
    agents.set(trusted, agent)
    return agent
  }

  async function ask(url: URL, options: FetchOptions, signal: AbortSignal): Promise<Response> {
    const trusted = settings.allowPrivate || settings.allowOrigins.includes(url.origin)
    if (!trusted && isAddressLiteral(url.hostname) && !isPublicAddress(url.hostname)) {
      throw new Problem('address-private', { address: url.href })
    }
    const { fetch } = await import('undici')
    const headers = {
      'user-agent': userAgent,
      accept: options.accept ?? 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.5',
      ...options.headers,
    }
    return fetch(url, { dispatcher: await agentFor(trusted), redirect: 'manual', headers, signal })
  }

  return {
    async get(address, options = {}) {
      const timeoutMs = options.timeoutMs ?? pageTimeoutMs
      const deadline = AbortSignal.timeout(timeoutMs)
      const signal = options.signal ? AbortSignal.any([deadline, options.signal]) : deadline
      let url = webAddress(address)
      try {
        for (let hops = 0; ; hops++) {
          const response = await ask(url, options, signal)
          const next = await redirectOf(response)
          if (next === null) return await fetchedOf(url, response, options.maxBytes ?? pageBytes)
          if (hops === maxRedirects)
            throw new Problem('too-many-redirects', { address, redirects: maxRedirects })
          url = webAddress(next, url.href)
        }
      } catch (error) {
        if (options.signal?.aborted) throw options.signal.reason
        if (deadline.aborted)
          throw new Problem('timed-out', { address: url.href, seconds: timeoutMs / 1000 })
        throw problemOf(error, url)
      }
    },
    async close() {
      await Promise.all([...agents.values()].map((agent) => agent.destroy()))
      agents.clear()
    },
  }
}

async function redirectOf(response: Response): Promise<string | null> {
  const location = response.headers.get('location')
  if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return null
  await response.body?.cancel()
  return location
}

async function fetchedOf(url: URL, response: Response, maxBytes: number): Promise<Fetched> {
  const { status, headers } = response
  if (!response.ok && status !== 304) {
    await response.body?.cancel()
    throw new Problem('http-status', { address: url.href, status })
  }
  const bytes = await bodyOf(response, url, maxBytes)
  const plain = new Headers([...headers])
  const { decodeText } = await import('./charset.ts') // brings a parser, for what documents declare
  return {
    url: url.href,
    status,
    headers: plain,
    bytes,
    text: () => decodeText(bytes, headers.get('content-type')),
  }
}
