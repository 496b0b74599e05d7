import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Clock } from '../clock.ts'
import type { PlatformId } from '../platforms/platform.ts'
import { type Answer, type Arrival, json, Refused, send } from './answer.ts'
import { type Faults, faultSchema, meet, openFaults } from './faults.ts'
import type { KeptPost, Seen, StandIn, StandInOptions } from './stand-in.ts'

/** One platform's behaviour behind a stand-in's server. */
export interface Behaviour {
  platform: PlatformId
  clock: Clock
  posts(): KeptPost[]
  /** A path as tests may see it: without the platform's secrets. */
  shown(path: string): string
  /** Throws `Refused` where the real platform refuses. */
  answer(arrival: Arrival): Promise<Answer>
}

const LARGEST_BODY = 64 * 1024 * 1024
const TOO_LARGE: Answer = { status: 413, headers: { 'content-type': 'text/html' }, body: '<html>' }

/**
 * Serves one platform on 127.0.0.1, with the faults that tests order and the doors under `/_/` by which they
 * steer a stand-in of another process: `GET identity posts seen`, `POST fault reset-faults`. A port in use
 * rejects with the system's error.
 */
export async function serve(behaviour: Behaviour, { port }: StandInOptions): Promise<StandIn> {
  const faults = openFaults()
  const seen: Seen[] = []
  const closing = new AbortController()
  const server = createServer((request, response) => {
    void handle(request, response).catch(() => request.socket.destroy())
  })

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request)
    if (body === null) return send(response, TOO_LARGE)
    const arrival = arrivalOf(request, body, { at: behaviour.clock(), origin: url })
    if (arrival.path.startsWith('/_/')) return send(response, steer(arrival))
    const { method } = arrival
    const path = behaviour.shown(shownUrl(arrival))
    seen.push({ at: arrival.at.toISOString(), method, path })
    const fault = faults.take(method, path)
    await meet(fault, {
      response,
      closing: closing.signal,
      carryOut: () => said(behaviour, arrival),
    })
  }

  const steer = ({ method, path, body }: Arrival): Answer => {
    const doors: Record<string, () => Answer> = {
      'GET /_/identity': () => json(200, { program: 'crieur', standIn: behaviour.platform }),
      'GET /_/posts': () => json(200, behaviour.posts()),
      'GET /_/seen': () => json(200, seen),
      'POST /_/fault': () => ordered(faults, body),
      'POST /_/reset-faults': () => {
        faults.reset()
        return { status: 204, body: '' }
      },
    }
    return doors[`${method} ${path}`]?.() ?? json(404, { error: 'no such door' })
  }

  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  const url = `http://127.0.0.1:${address.port}`
  return {
    platform: behaviour.platform,
    url,
    posts: () => behaviour.posts(),
    seen: () => [...seen],
    fault: (fault) => faults.add(fault),
    close: () =>
      new Promise((done) => {
        closing.abort()
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

async function said(behaviour: Behaviour, arrival: Arrival): Promise<Answer> {
  try {
    return await behaviour.answer(arrival)
  } catch (error) {
    if (error instanceof Refused) return error.answer
    throw error
  }
}

function ordered(faults: Faults, body: Uint8Array): Answer {
  const parsed = faultSchema.safeParse(jsonOf(body))
  if (!parsed.success) return json(400, { error: parsed.error.message })
  faults.add(parsed.data)
  return { status: 204, body: '' }
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return null
  }
}

function arrivalOf(
  { method = 'GET', url = '/', headers }: IncomingMessage,
  body: Uint8Array,
  more: { at: Date; origin: string },
): Arrival {
  const [path = '/', ...query] = url.split('?')
  return { method, path, query: new URLSearchParams(query.join('?')), headers, body, ...more }
}

function shownUrl({ path, query }: Arrival): string {
  const shown = new URLSearchParams(query)
  shown.delete('access_token')
  return shown.size === 0 ? path : `${path}?${shown}`
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size <= LARGEST_BODY) chunks.push(Buffer.from(chunk))
  }
  return size > LARGEST_BODY ? null : Buffer.concat(chunks)
}
