import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Clock } from '../clock.ts'
import type { PlatformId } from '../platforms/platform.ts'
import { type Answer, type Arrival, Refused, send } from './answer.ts'
import { arrivalOf, bodyOf, shownUrl } from './arrival.ts'
import { meet, openFaults } from './faults.ts'
import type { KeptPost, Seen, StandIn } from './stand-in.ts'
import { removed, standing, steered } from './steer.ts'

/** One platform's behaviour behind a stand-in's server. */
export interface Behaviour {
  platform: PlatformId
  clock: Clock
  /** All that ever arrived, oldest first. */
  posts(): KeptPost[]
  /** Whether somebody deleted it, the bot or a person by hand. */
  isRemoved(post: KeptPost): boolean
  /** A path as tests may see it: without the platform's secrets. */
  shown(path: string): string
  /** Throws `Refused` where the real platform refuses. */
  answer(arrival: Arrival): Promise<Answer>
  /** Doors of its own under `/_/`, `GET name` or `POST name`: from parsed JSON to what is answered, throwing why not. */
  doors?: Readonly<Record<string, (order: unknown) => unknown>>
}

/** A stand-in that runs for days forgets the oldest requests. */
const MOST_SEEN = 10_000
const TOO_LARGE: Answer = { status: 413, headers: { 'content-type': 'text/html' }, body: '<html>' }

/**
 * Serves one platform on 127.0.0.1, with the faults that tests order and the doors under `/_/` by which they
 * steer a stand-in of another process: `GET identity posts removed seen`, `POST fault reset-faults`, and the platform's own.
 * A port in use rejects with the system's error, before `open` is called: who has the port may touch the file.
 */
export async function serve(port: number, open: () => Behaviour): Promise<StandIn> {
  const server = createServer()
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  const url = `http://127.0.0.1:${address.port}`
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done())
      server.closeAllConnections()
    })
  try {
    return answering(server, url, close, open())
  } catch (error) {
    await close()
    throw error
  }
}

function answering(
  server: Server,
  url: string,
  stop: () => Promise<void>,
  behaviour: Behaviour,
): StandIn {
  const faults = openFaults()
  const seen: Seen[] = []
  const closing = new AbortController()

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await bodyOf(request)
    if (body === null) return send(response, TOO_LARGE)
    const arrival = arrivalOf(request, body, { at: behaviour.clock(), origin: url })
    if (arrival.path.startsWith('/_/'))
      return send(response, steered(arrival, { behaviour, seen, faults }))
    const { method } = arrival
    const path = behaviour.shown(shownUrl(arrival))
    seen.push({ at: arrival.at.toISOString(), method, path })
    if (seen.length > MOST_SEEN) seen.shift()
    await meet(faults.take(method, path), {
      response,
      closing: closing.signal,
      carryOut: () => said(behaviour, arrival),
    })
  }
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    void handle(request, response).catch(() => request.socket.destroy())
  })

  return {
    platform: behaviour.platform,
    url,
    posts: () => standing(behaviour),
    removed: () => removed(behaviour),
    seen: () => [...seen],
    fault: (fault) => faults.add(fault),
    close: () => {
      closing.abort()
      return stop()
    },
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
