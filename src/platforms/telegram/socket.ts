import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { Agent as HttpAgent, ClientRequest, IncomingMessage } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { flat, newTrace, type Trace } from '../../net/wire.ts'

/** One call's own connection, and what the socket tells of it. */
export interface OwnSocket {
  agent: HttpAgent
  trace: Trace
  /** Aborted when the answer breaks off: node-fetch 2 would go on waiting for the rest. */
  cut: AbortSignal
  /** Lets go of the connection: telegraf leaves the body of a 5xx unread, which would keep it open. */
  close(): void
}

/**
 * A connection for one call of a client built on `node:http`: never kept alive, given up when it does not
 * stand within `connectMs`. The status comes from Node's own channel, since telegraf loses it for every
 * answer that is not JSON.
 */
export function ownSocket(secure: boolean, connectMs: number): OwnSocket {
  const trace = newTrace()
  const agent = secure ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false })
  const sockets = new Set<unknown>()
  const cut = new AbortController()
  const connect = agent.createConnection.bind(agent)
  agent.createConnection = (options, callback) => {
    const socket = connect(options, callback)
    if (!socket) return socket
    sockets.add(socket)
    const late = setTimeout(() => socket.destroy(connectTimeout()), connectMs)
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      trace.sent = true
    })
    for (const event of [secure ? 'secureConnect' : 'connect', 'close'])
      socket.once(event, () => clearTimeout(late))
    return socket
  }
  const hear = (message: unknown) => {
    const response = answerOn(sockets, message)
    if (response === null) return
    trace.status = response.statusCode ?? null
    trace.headers = flat(response.headers)
    response.once('close', () => {
      if (!response.complete) cut.abort(new Error('the answer broke off'))
    })
  }
  subscribe(ANSWERS, hear)
  return {
    agent,
    trace,
    cut: cut.signal,
    close: () => {
      unsubscribe(ANSWERS, hear)
      agent.destroy()
    },
  }
}

/** Node tells here of every answer whose headers arrived (nodejs.org/api/diagnostics_channel.html, «HTTP»). */
const ANSWERS = 'http.client.response.finish'

function answerOn(sockets: ReadonlySet<unknown>, message: unknown): IncomingMessage | null {
  if (typeof message !== 'object' || message === null) return null
  if (!('request' in message) || !(message.request instanceof ClientRequest)) return null
  if (!('response' in message) || !(message.response instanceof IncomingMessage)) return null
  return sockets.has(message.request.socket) ? message.response : null
}

function connectTimeout(): Error {
  return Object.assign(new Error('connect ETIMEDOUT'), { code: 'ETIMEDOUT' })
}
