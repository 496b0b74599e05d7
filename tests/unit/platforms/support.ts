import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
} from 'node:net'
import { text } from 'node:stream/consumers'
import { inspect } from 'node:util'
import { expect } from 'vitest'
import { z } from 'zod'
import { PlatformError } from '../../../src/platforms/error.ts'
import type { Publication, Vault } from '../../../src/platforms/platform.ts'
import { type Draft, ordinary } from '../../../src/posts/post.ts'

const row = z.object({
  platform: z.string(),
  operation: z.string(),
  status: z
    .number()
    .nullish()
    .transform((status) => status ?? undefined),
  body: z.unknown().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  phase: z.enum(['before', 'after', 'answer']),
  kind: z.enum(['rejected', 'unauthorized', 'rate-limited', 'unavailable', 'uncertain']),
  done: z.boolean().optional(),
  error: z.looseObject({ name: z.string() }).optional(),
})
export type ErrorRow = z.infer<typeof row>

/** The rows of `tests/specs/errors.json` for one platform. */
export function errorRows(platform: string): ErrorRow[] {
  const file = new URL('../../specs/errors.json', import.meta.url)
  const { errors } = z
    .object({ errors: z.array(row) })
    .parse(JSON.parse(readFileSync(file, 'utf8')))
  return errors.filter((each) => each.platform === platform)
}

/** What a row looks like in a test's title. */
export function titleOf({ operation, status, body, error, kind }: ErrorRow): string {
  const sign =
    status === undefined ? inspect(error, { breakLength: Infinity }) : JSON.stringify(body)
  return `${operation} ${status ?? ''} ${sign.slice(0, 110)} → ${kind}`
}

export interface Answer {
  status?: number | undefined
  headers?: Record<string, string> | undefined
  body?: unknown
  /** The connection is cut in the middle of the body. */
  cut?: true
}
export interface Request {
  method: string
  path: string
  headers: IncomingHttpHeaders
  /** Parsed where it is JSON, else as sent. */
  body: unknown
}
/** Null: the request is read and the connection cut. Undefined: it is read and never answered. */
export type Handler = (request: Request) => Answer | null | undefined

/** A platform on loopback that answers what it is told. */
export async function serve(handler: Handler) {
  const server = createServer((request, response) => {
    const { method = '', url: path = '', headers } = request
    text(request).then(
      (body) => reply(handler({ method, path, headers, body: parsed(body) }), response),
      () => response.destroy(),
    )
  })
  return listen(server)
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

function reply(answer: Answer | null | undefined, response: ServerResponse): void {
  if (answer === undefined) return
  if (answer === null) {
    response.destroy()
    return
  }
  const { status = 200, headers = {}, body = '', cut } = answer
  const sent = typeof body === 'string' ? body : JSON.stringify(body)
  const type = typeof body === 'string' ? {} : { 'content-type': 'application/json' }
  const length = cut ? { 'content-length': String(sent.length + 9) } : {}
  response.writeHead(status, { ...type, ...headers, ...length })
  if (cut) response.write(sent, () => response.destroy())
  else response.end(sent)
}

/** Takes connections and stays silent, so that no TLS ever stands. */
export function serveSilence() {
  return listen(createTcpServer((socket) => socket.resume()))
}

/** An address where nothing listens any more. */
export async function closedAddress(): Promise<string> {
  const { url, close } = await serveSilence()
  await close()
  return url
}

async function listen(server: Server | TcpServer) {
  const sockets = new Set<{ destroy(): void }>()
  server.on('connection', (socket: { destroy(): void; once(e: 'close', f: () => void): void }) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = addressOf(server)
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done())
      for (const socket of sockets) socket.destroy()
    })
  return { url: `http://127.0.0.1:${port}/`, port, open: () => sockets.size, close }
}

function addressOf(server: Server | TcpServer): AddressInfo {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening')
  return address
}

export const now = new Date('2026-03-04T05:06:07.000Z')

export const draft: Draft = {
  text: 'The crier stands on the square',
  facets: [],
  count: 30,
  limit: 300,
  language: 'en',
  card: null,
  images: [],
  manner: ordinary,
  warnings: [],
}

export const publication: Publication = {
  key: '3mgaaaaaaaaa2',
  createdAt: now,
  replyTo: null,
  media: [],
}

/** A vault in memory, one holder at a time. */
export function memoryVault(kept?: unknown): Vault {
  let value = kept
  let last: Promise<unknown> = Promise.resolve()
  return {
    read: async () => value,
    hold: (work) => {
      const mine = last.then(() =>
        work(value, async (next) => {
          value = next
        }),
      )
      last = mine.catch(() => undefined)
      return mine
    },
  }
}

/** What a call failed with: always a `PlatformError`, which shows none of the secrets. */
export async function failureOf(
  call: Promise<unknown>,
  secrets: readonly string[],
): Promise<PlatformError> {
  const error: unknown = await call.then(
    (value) => new Error(`succeeded with ${inspect(value)}`),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof PlatformError)) throw error
  for (const secret of secrets) expect(inspect(error, { depth: 9 })).not.toContain(secret)
  return error
}

/** How a call ended, as a row of the specification says: where the wanted state already holds, it has not failed. */
export async function endOf(
  call: Promise<unknown>,
  { done }: ErrorRow,
  secrets: readonly string[],
): Promise<string> {
  if (done !== true) return (await failureOf(call, secrets)).kind
  await call
  return 'done'
}

/** The same of a row. */
export function expectedEnd({ kind, done }: ErrorRow): string {
  return done === true ? 'done' : kind
}

/** A deadline that no answer on loopback should miss. */
export const soon = () => AbortSignal.timeout(15_000)
