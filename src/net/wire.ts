import type { Dispatcher } from 'undici'

/** What a socket itself tells of one call, whatever a client library makes of it. */
export interface Trace {
  /** True once a connection stood and the request went over it. */
  sent: boolean
  /** Null while no answer began. */
  status: number | null
  /** Of that answer; names in lower case. */
  headers: Readonly<Record<string, string>>
}

/** A connection pool for calls that must not be repeated by themselves: each call has its own connection. */
export interface Wire {
  /** For one call: what to hand to `fetch` beside the rest, and what then happens. */
  watch(): { init: RequestInit; trace: Trace }
  close(): Promise<void>
}

/** The trace of a call that has not begun. */
export function newTrace(): Trace {
  return { sent: false, status: null, headers: {} }
}

/**
 * A wire for `fetch`. Nothing is kept alive, so a reset can only mean this very call; `connectMs` bounds
 * DNS, TCP and TLS together. Deadlines are the caller's, by signal.
 */
export async function openWire(connectMs: number): Promise<Wire> {
  const { Agent } = await import('undici')
  const agent = new Agent({ pipelining: 0, connect: { timeout: connectMs } })
  return {
    watch: () => {
      const trace = newTrace()
      const init: RequestInit = {}
      // assigned, since the types of undici and of Node's own copy of it name one thing in two ways
      Object.assign(init, { dispatcher: agent.compose((dispatch) => watching(dispatch, trace)) })
      return { init, trace }
    },
    close: () => agent.destroy(),
  }
}

function watching(dispatch: Dispatcher['dispatch'], trace: Trace): Dispatcher['dispatch'] {
  return (options, handler) =>
    dispatch(options, {
      onRequestStart: (controller, context) => {
        trace.sent = true
        handler.onRequestStart?.(controller, context)
      },
      onResponseStart: (controller, status, headers, statusText) => {
        trace.status = status
        trace.headers = flat(headers)
        handler.onResponseStart?.(controller, status, headers, statusText)
      },
      onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
      onResponseData: (...args) => handler.onResponseData?.(...args),
      onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
      onResponseError: (...args) => handler.onResponseError?.(...args),
    })
}

/** Headers as one string each. */
export function flat(headers: Record<string, string | string[] | undefined>) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value].flat().join(', ')]),
  )
}
