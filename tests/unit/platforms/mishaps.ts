import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ErrorKind, PlatformError } from '../../../src/platforms/error.ts'
import type { Connection, Syndication } from '../../../src/platforms/platform.ts'
import {
  type Answer,
  closedAddress,
  draft,
  type ErrorRow,
  failureOf,
  now,
  publication,
  serve,
  serveSilence,
  soon,
  titleOf,
} from './support.ts'

interface Subject {
  /** A connection to a server that stands at `root`, so far as the session is concerned already let in. */
  connect(root: string): Promise<Connection>
  secrets: readonly string[]
  /** Where the published copy stands that is edited and taken down. */
  syndication: Syndication
  /** The rows of the specification to which no answer came. */
  silences: readonly ErrorRow[]
}

const html = { headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html><title>…</title>' }
const json = { 'content-type': 'application/json' }

const bytes = new Uint8Array([255, 216, 255])
const image = { bytes, mime: 'image/jpeg', width: 1, height: 1, alt: '' }

/** Answers that no client can read, and what they mean for a post and for a question. */
const unreadable: [string, Answer, ErrorKind, ErrorKind][] = [
  ['200 with a page', html, 'uncertain', 'unavailable'],
  ['200 with half a JSON', { headers: json, body: '{"ok":tr' }, 'uncertain', 'unavailable'],
  ['200 cut off', { headers: json, body: '{"ok":tr', cut: true }, 'uncertain', 'unavailable'],
  ['200 and nothing', { headers: json }, 'uncertain', 'unavailable'],
  ['200 with another JSON', { body: { ok: true } }, 'uncertain', 'unavailable'],
  ['200 with a list', { body: [] }, 'uncertain', 'unavailable'],
  ['204', { status: 204 }, 'uncertain', 'unavailable'],
  ['302', { status: 302, headers: { location: '/elsewhere' } }, 'unavailable', 'unavailable'],
  ['401 with a page', { ...html, status: 401 }, 'unauthorized', 'unauthorized'],
  ['403 with a page', { ...html, status: 403 }, 'unauthorized', 'unauthorized'],
  [
    '403 with half a JSON',
    { status: 403, headers: json, body: '{"er' },
    'unauthorized',
    'unauthorized',
  ],
  ['408 with a page', { ...html, status: 408 }, 'uncertain', 'unavailable'],
  ['413 with a page', { ...html, status: 413 }, 'rejected', 'rejected'],
  ['429 with a page', { ...html, status: 429 }, 'rate-limited', 'rate-limited'],
  ['500 and nothing', { status: 500 }, 'uncertain', 'unavailable'],
  ['502 with a page', { ...html, status: 502 }, 'uncertain', 'unavailable'],
  ['503 with a page', { ...html, status: 503 }, 'uncertain', 'unavailable'],
  [
    '504 with half a JSON',
    { status: 504, headers: json, body: '{"er' },
    'uncertain',
    'unavailable',
  ],
]

/** What must hold on every platform when the network or somebody in between fails. */
export function describeMishaps({ connect, secrets, syndication, silences }: Subject): void {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    await Promise.all(closing.splice(0).map((close) => close()))
  })
  const connectTo = async (root: string) => {
    const connection = await connect(root)
    closing.push(() => connection.close())
    return connection
  }
  const connectToServer = async (answer: Answer | null | undefined) => {
    const { url, close } = await serve(() => answer)
    closing.push(close)
    return connectTo(url)
  }
  const published = (connection: Connection, signal = soon()) =>
    failureOf(connection.publish(draft, publication, signal), secrets)
  const checked = (connection: Connection) => failureOf(connection.check(soon()), secrets)
  const edited = (connection: Connection, signal = soon()) =>
    failureOf(connection.edit(syndication, draft, publication, signal), secrets)
  const removed = (connection: Connection, signal = soon()) =>
    failureOf(connection.remove(syndication, signal), secrets)

  describe('unreadable answers', () => {
    test.for(unreadable)('%s', async ([, answer, publishing, asking]) => {
      const connection = await connectToServer(answer)
      const kinds = [(await published(connection)).kind, (await checked(connection)).kind]
      expect(kinds).toEqual([publishing, asking])
      expect((await edited(connection)).kind).toBe(asking)
    })

    test.for(unreadable)('%s: nobody says that a post is absent', async ([, answer]) => {
      const connection = await connectToServer(answer)
      const looked = connection.find(draft, now, soon(), publication.key).then((seen) => {
        if (seen === 'cannot look') throw new PlatformError('unavailable', seen)
        return seen
      })
      expect((await failureOf(looked, secrets)).kind).not.toBe('uncertain')
    })

    test.for(unreadable)('%s: an upload may be made again', async ([, answer]) => {
      const connection = await connectToServer(answer)
      const error = await failureOf(connection.upload(image, soon()), secrets)
      expect(error.kind).not.toBe('uncertain')
    })

    test.for(unreadable.filter(([, { status = 200 }]) => status > 299))(
      '%s: nothing was taken down',
      async ([, answer, , asking]) => {
        expect((await removed(await connectToServer(answer))).kind).toBe(asking)
      },
    )

    test('a 429 without words says when to come back by its header', async () => {
      const headers = { ...html.headers, 'retry-after': '40' }
      const error = await published(await connectToServer({ ...html, status: 429, headers }))
      expect(error.retryAt).toEqual(new Date(now.getTime() + 40_000))
    })

    test('a 429 that says nothing of when', async () => {
      const error = await published(await connectToServer({ ...html, status: 429 }))
      expect(error.retryAt).toBeNull()
    })

    test('secrets that a server repeats are struck out', async () => {
      const said = `who is ${secrets.join(' and ')}?`
      const body = { ok: false, error_code: 400, description: said, error: said, message: said }
      const error = await published(await connectToServer({ status: 400, body }))
      expect(error.reason).toContain('who is …')
    })
  })

  /** What makes a client throw that, by its code or name. */
  const stages: Readonly<Record<string, () => Promise<PlatformError>>> = {
    ECONNREFUSED: async () => published(await connectTo(await closedAddress())),
    ENOTFOUND: async () => published(await connectTo('http://crieur.invalid/')),
    ETIMEDOUT: async () => {
      const { port, close } = await serveSilence()
      closing.push(close)
      return published(await connectTo(`https://127.0.0.1:${port}/`))
    },
    ECONNRESET: async () => published(await connectToServer(null)),
    AbortError: async () => {
      const deadline = new AbortController()
      const { url, close } = await serve(() => {
        deadline.abort()
        return undefined
      })
      closing.push(close)
      return published(await connectTo(url), deadline.signal)
    },
    page: async () => published(await connectToServer({ ...html, status: 502 })),
  }
  const sameAs: Readonly<Record<string, string>> = {
    UND_ERR_CONNECT_TIMEOUT: 'ETIMEDOUT',
    UND_ERR_SOCKET: 'ECONNRESET',
    TimeoutError: 'AbortError',
    MastoTimeoutError: 'AbortError',
    FetchError: 'page',
    TypeError: 'page',
  }

  test.for(silences.map((row) => [titleOf(row), row] as const))('%s', async ([, row]) => {
    const sign = signOf(row.error)
    const error = await stages[sameAs[sign] ?? sign]?.()
    expect(error?.kind).toBe(row.kind)
  })

  describe('no answer', () => {
    test('nobody listens: nothing was sent', async () => {
      const error = await published(await connectTo(await closedAddress()))
      expect([error.kind, error.reason]).toEqual(['unavailable', 'ECONNREFUSED'])
    })

    test('an unknown host: nothing was sent', async () => {
      const connection = await connectTo('http://crieur.invalid/')
      expect((await published(connection)).kind).toBe('unavailable')
    })

    test('TLS never stands: nothing was sent', async () => {
      const { port, close } = await serveSilence()
      closing.push(close)
      const connection = await connectTo(`https://127.0.0.1:${port}/`)
      const error = await published(connection)
      expect([error.kind, error.reason]).toEqual([
        'unavailable',
        expect.stringMatching(/^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/),
      ])
    })

    test('the deadline was over before the call: nothing was sent', async () => {
      let asked = 0
      const { url, close } = await serve(() => {
        asked++
        return {}
      })
      closing.push(close)
      const error = await published(await connectTo(url), AbortSignal.abort())
      expect([error.kind, asked]).toEqual(['unavailable', 0])
    })

    test('the connection is cut: it may stand', async () => {
      const connection = await connectToServer(null)
      const kinds = [(await published(connection)).kind, (await checked(connection)).kind]
      expect(kinds).toEqual(['uncertain', 'unavailable'])
      const changes = [(await edited(connection)).kind, (await removed(connection)).kind]
      expect(changes).toEqual(['unavailable', 'unavailable'])
    })

    test('the deadline ends the wait: it may stand', async () => {
      let deadline = new AbortController()
      const { url, close } = await serve(() => {
        deadline.abort(new DOMException('too late', 'TimeoutError'))
        return undefined
      })
      closing.push(close)
      const connection = await connectTo(url)
      const first = await published(connection, deadline.signal)
      deadline = new AbortController()
      const second = await failureOf(connection.check(deadline.signal), secrets)
      expect([first.kind, second.kind]).toEqual(['uncertain', 'unavailable'])
    })
  })

  test('no connection outlives its call', async () => {
    const server = await serve(() => ({ status: 500, body: { error: 'later' } }))
    closing.push(server.close)
    const connection = await connectTo(server.url)
    await published(connection)
    await expect.poll(server.open).toBe(0)
  })
}

const thrown = z.object({
  name: z.string().optional(),
  code: z.string().optional(),
  cause: z.unknown().optional(),
})

/** The innermost code of what a client throws, else the innermost name. */
function signOf(error: unknown): string {
  const names: string[] = []
  let code: string | undefined
  for (let at = thrown.safeParse(error).data; at; at = thrown.safeParse(at.cause).data) {
    code = at.code ?? code
    if (at.name !== undefined) names.push(at.name)
  }
  return code ?? names.at(-1) ?? ''
}
