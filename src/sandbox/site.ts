import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type Answer, answer } from './site/answer.ts'
import type { SiteArticle } from './site/article.ts'
import { articles as shipped } from './site/articles.ts'
import { pathOf, type Site } from './site/content.ts'

/** A request to the sample site as it was answered. `path` with its query. */
export interface Visit {
  method: string
  path: string
  status: number
}

/** The sample site, running on loopback. */
export interface SampleSite {
  /** `http://127.0.0.1:PORT` */
  url: string
  feedUrl: string
  /** Adds an article as the feed's newest; an id or address that is taken is an `Error`. */
  publish(article: SiteArticle): void
  /** Oldest first. */
  seen(): Visit[]
  close(): Promise<void>
}

/**
 * Starts the sample site: a small French journal as WordPress serves it, with the oddities of a real one.
 * @param port 0: any free port; a port in use rejects with the system's error
 * @param articles in the feed's order, newest first; else those that ship
 */
export async function startSite({
  port,
  articles = shipped,
}: {
  port: number
  articles?: SiteArticle[]
}): Promise<SampleSite> {
  const published = [...articles]
  const visits: Visit[] = []
  const server = createServer((request, response) => {
    void answer(request, published, siteAt(url))
      .catch((): Answer => ({ status: 500 }))
      .then((given) => {
        visits.push({ method: request.method ?? '', path: request.url ?? '', status: given.status })
        send(response, given)
      })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  const url = `http://127.0.0.1:${address.port}`

  return {
    url,
    feedUrl: `${url}/feed/`,
    publish(article) {
      const taken = published.some(
        (other) => other.id === article.id || pathOf(other) === pathOf(article),
      )
      if (taken) throw new Error(`The sample site already has ${article.id} or ${article.slug}`)
      published.unshift(article)
    },
    seen: () => [...visits],
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

function siteAt(origin: string): Site {
  return {
    origin,
    title: "L'Écho de Belle-Écluse",
    tagline: 'Sciences, métiers et vie d’une petite ville au bord de l’eau',
    author: { id: 1, name: 'La rédaction', slug: 'redaction' },
  }
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.statusCode = status
  response.setHeaders(new Map(Object.entries(headers ?? {})))
  response.end(body)
}
