import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Store } from '../../../src/store/store.ts'
import { createLog } from '../../../src/log.ts'
import { startWeb } from '../../../src/web/server.ts'
import { clear, token } from './ask.ts'
import { openHouse, webOf } from './house.ts'

let house: Awaited<ReturnType<typeof openHouse>>
let store: Store
let web: Awaited<ReturnType<typeof startWeb>>
const logged: string[] = []
beforeAll(async () => {
  house = await openHouse()
  store = house.store
  const log = createLog('info', [], (line) => logged.push(line))
  web = await startWeb({ ...webOf(store, { apiToken: token }), log }, () => true)
})
afterEach(async () => {
  logged.length = 0
  await clear(store)
})
afterAll(async () => {
  await web.close()
  await house.close()
})

const url = 'https://journal.example/2026/02/le-moulin/'
const rows = () => store.db.selectFrom('articles').select('url').execute()

/** Writes to a socket what a client would, byte for byte; answers all that came back. */
async function raw(headers: string[], body: string, breakOff = false): Promise<string> {
  const { hostname, port } = new URL(web.url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  const bearer = `Authorization: Bearer ${token}`
  const head = ['POST /api/articles HTTP/1.1', 'Host: localhost', bearer, 'Connection: close']
  socket.write([...head, ...headers, '', body].join('\r\n'))
  if (breakOff) socket.end()
  return text(socket)
}
const chunk = (content: string) => `${content.length.toString(16)}\r\n${content}\r\n`

test('a body in pieces of unknown length is taken', async () => {
  const [start, end] = ['{"url":', `"${url}"}`]
  const answer = await raw(['Transfer-Encoding: chunked'], chunk(start) + chunk(end) + chunk(''))
  expect(answer).toMatch(/^HTTP\/1.1 202 /)
  expect(await rows()).toEqual([{ url }])
})

test('more than 1 MB is refused, whether its length is said or not', async () => {
  const long = JSON.stringify({ url, content: 'x'.repeat(1_100_000) })
  expect(await raw([`Content-Length: ${long.length}`], long)).toMatch(/^HTTP\/1.1 413 /)
  expect(await raw(['Transfer-Encoding: chunked'], chunk(long) + chunk(''))).toMatch(
    /^HTTP\/1.1 413 /,
  )
  expect(logged).toHaveLength(2)
  for (const line of logged)
    expect(line).toMatch(/status=413 reason=body-too-large from=127.0.0.1$/)
})

test('a length that lies gets nobody past the limit', async () => {
  const body = JSON.stringify({ url })
  expect(await raw(['Content-Length: 7'], body)).toMatch(/^HTTP\/1.1 400 /)
  const both = ['Content-Length: 7', 'Transfer-Encoding: chunked']
  expect(await raw(both, chunk(body) + chunk(''))).toMatch(/^HTTP\/1.1 400 /)
  expect(await rows()).toEqual([])
})

test('a body that breaks off is taken for nothing, and no fault of ours', async () => {
  await raw(['Content-Length: 500'], '{"url":', true)
  await raw(['Transfer-Encoding: chunked'], chunk('{"url":'), true)
  expect(await rows()).toEqual([])
  expect(logged).toEqual([])
})
