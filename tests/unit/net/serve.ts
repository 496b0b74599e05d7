import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'

/** A web server on loopback for one test; `await using` closes it. */
export interface Served extends AsyncDisposable {
  url: string
  /** Paths as they were asked for, oldest first. */
  asked: string[]
}

/** Serves every request by the handler, which may answer at once or later. */
export async function serve(
  handler: (request: IncomingMessage, response: ServerResponse, origin: string) => void,
): Promise<Served> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    handler(request, response, url)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  const url = `http://127.0.0.1:${address.port}`
  return {
    url,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Serves pages by path, as HTML unless another type is given; everything else is 404. */
export function servePages(
  pages: (origin: string) => Record<string, string | { type: string; body: string | Uint8Array }>,
): Promise<Served> {
  return serve((request, response, origin) => {
    const page = pages(origin)[request.url ?? '']
    if (page === undefined) return response.writeHead(404).end('nothing here')
    const { type, body } =
      typeof page === 'string' ? { type: 'text/html; charset=utf-8', body: page } : page
    return response.writeHead(200, { 'content-type': type }).end(body)
  })
}
