import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { createFetch } from '../../../src/net/fetch.ts'
import { serve } from './serve.ts'

const open = createFetch({ allowPrivate: true, allowOrigins: [] })
const guarded = createFetch({ allowPrivate: false, allowOrigins: [] })
afterAll(async () => {
  await Promise.all([open.close(), guarded.close()])
})

const kind = (name: string) => expect.objectContaining({ kind: name })

describe('what is read', () => {
  test('a page, unpacked and decoded', async () => {
    await using site = await serve((_, response) => {
      response.writeHead(200, {
        'content-type': 'text/html; charset=latin1',
        'content-encoding': 'gzip',
      })
      response.end(gzipSync(Buffer.from('un été', 'latin1')))
    })
    const answer = await open.get(site.url)
    expect([answer.status, answer.text()]).toEqual([200, 'un été'])
  })

  test('where redirects lead', async () => {
    await using site = await serve((request, response) => {
      if (request.url === '/old') response.writeHead(301, { location: '/new' }).end()
      else response.end('there')
    })
    expect((await open.get(`${site.url}/old`)).url).toBe(`${site.url}/new`)
  })

  test('nothing where nothing changed', async () => {
    await using site = await serve((request, response) => {
      response.writeHead(request.headers['if-none-match'] === '"a"' ? 304 : 200).end()
    })
    const answer = await open.get(site.url, { headers: { 'if-none-match': '"a"' } })
    expect([answer.status, answer.text()]).toEqual([304, ''])
  })

  test('a private origin that is allowed by name, and no other', async () => {
    await using site = await serve((_, response) => response.end('hello'))
    await using other = await serve((_, response) => response.end('secret'))
    const fetch = createFetch({ allowPrivate: false, allowOrigins: [site.url] })
    expect((await fetch.get(site.url)).text()).toBe('hello')
    await expect(fetch.get(other.url)).rejects.toEqual(kind('address-private'))
    await fetch.close()
  })
})

describe('what is refused', () => {
  test.each([
    'http://127.0.0.1:8099/',
    'http://localhost:8099/',
    'http://[::1]:8099/',
    'http://0x7f.1:9/',
    'http://2130706433/',
    'http://[::ffff:10.0.0.1]/',
    'http://169.254.169.254/latest/meta-data/',
  ])('%s', async (url) => {
    await expect(guarded.get(url)).rejects.toEqual(kind('address-private'))
  })

  test('a redirect into the private network', async () => {
    await using inside = await serve((_, response) => response.end('secret'))
    await using site = await serve((_, response) =>
      response.writeHead(302, { location: inside.url }).end(),
    )
    const fetch = createFetch({ allowPrivate: false, allowOrigins: [site.url] })
    await expect(fetch.get(site.url)).rejects.toEqual(kind('address-private'))
    expect(inside.asked).toEqual([])
    await fetch.close()
  })

  test('a redirect to another kind of address', async () => {
    await using site = await serve((_, response) =>
      response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    )
    await expect(open.get(site.url)).rejects.toEqual(kind('address-invalid'))
  })

  test('more than five redirects', async () => {
    await using site = await serve((request, response) => {
      const hop = Number(request.url?.slice(1))
      if (hop < 6) response.writeHead(302, { location: `/${hop + 1}` })
      response.end('there')
    })
    expect((await open.get(`${site.url}/1`)).text()).toBe('there')
    await expect(open.get(`${site.url}/0`)).rejects.toEqual(kind('too-many-redirects'))
  })

  test('a small answer that unpacks to a large one', async () => {
    await using site = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(3_000_000)))
    })
    await expect(open.get(site.url, { maxBytes: 1024 * 1024 })).rejects.toEqual(kind('too-large'))
  })

  test('an answer that never ends', async () => {
    await using site = await serve((_, response) => {
      response.writeHead(200).write('a')
    })
    await expect(open.get(site.url, { timeoutMs: 200 })).rejects.toEqual(kind('timed-out'))
  })

  test.each([404, 410, 500])('the status %i', async (status) => {
    await using site = await serve((_, response) => response.writeHead(status).end())
    await expect(open.get(site.url)).rejects.toMatchObject({
      kind: 'http-status',
      facts: { status },
    })
  })

  test('a host that is not there, and one that does not listen', async () => {
    await expect(open.get('http://nowhere.invalid/')).rejects.toEqual(kind('host-unknown'))
    const gone = await serve(() => {})
    await gone[Symbol.asyncDispose]()
    await expect(open.get(gone.url)).rejects.toEqual(kind('connection-refused'))
  })

  test('a connection that breaks', async () => {
    await using site = await serve((request) => request.socket.destroy())
    await expect(open.get(site.url)).rejects.toEqual(kind('connection-lost'))
  })

  test('credentials never reach the site', async () => {
    const seen: (string | undefined)[] = []
    await using site = await serve((request, response) => {
      seen.push(request.headers.authorization)
      response.end()
    })
    await open.get(site.url.replace('//', '//ann:secret@'))
    expect(seen).toEqual([undefined])
  })
})
