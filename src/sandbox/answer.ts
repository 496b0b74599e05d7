import type { IncomingHttpHeaders, ServerResponse } from 'node:http'

/** A request as a stand-in's platform sees it. */
export interface Arrival {
  method: string
  /** Without query. */
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: Uint8Array
  at: Date
  /** The stand-in's own address, `http://127.0.0.1:PORT`. */
  origin: string
}

/** What goes back. */
export interface Answer {
  status: number
  headers?: Record<string, string>
  body: string
}

/** Thrown by a stand-in where the real platform refuses; `answer` is what it then says. */
export class Refused extends Error {
  readonly answer: Answer

  constructor(answer: Answer) {
    super(`${answer.status} ${answer.body}`)
    this.name = 'Refused'
    this.answer = answer
  }
}

/** An answer in JSON. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  }
}

/** The token of an `Authorization: Bearer` header, or null. */
export function bearer({ headers }: Arrival): string | null {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? null
}

/** Sends an answer whole. */
export function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers)
  response.end(body)
}
