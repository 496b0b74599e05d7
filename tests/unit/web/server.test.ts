import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isProblem } from '../../../src/locale/problem.ts'
import { wordsOf } from '../../../src/locale/words.ts'
import { startWeb } from '../../../src/web/server.ts'
import { openHouse, webOf } from './house.ts'

let house: Awaited<ReturnType<typeof openHouse>>
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const start = (changes: Parameters<typeof webOf>[1] = {}) =>
  startWeb(webOf(house.store, changes), () => true)
const refusal = async (changes: Parameters<typeof webOf>[1]) => {
  try {
    await (await start(changes)).close()
  } catch (error) {
    return error
  }
  return null
}

test('serves where it says, until it is closed', async () => {
  const web = await start()
  expect(web.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect((await fetch(`${web.url}/readyz`)).status).toBe(200)
  await web.close()
  await expect(fetch(`${web.url}/healthz`)).rejects.toThrow('fetch failed')
})

test('a port that another Crieur has is told apart from one that a stranger has', async () => {
  const web = await start()
  const port = Number(new URL(web.url).port)
  const ours = await refusal({ port })
  await web.close()
  expect(isProblem(ours, 'port-taken') && ours.facts).toEqual({ port, ours: true })

  const stranger = createServer((_request, response) => response.end('hello'))
  stranger.listen(0, '127.0.0.1')
  await once(stranger, 'listening')
  const address = stranger.address()
  const taken = typeof address === 'object' && address !== null ? address.port : 0
  const theirs = await refusal({ port: taken })
  stranger.closeAllConnections()
  stranger.close()
  expect(isProblem(theirs, 'port-taken') && theirs.facts).toEqual({ port: taken, ours: false })
  for (const facts of [
    { port: 8080, ours: true },
    { port: 8080, ours: false },
  ]) {
    expect(wordsOf('en').problems['port-taken'](facts)).toContain('PORT')
  }
})

test('a host that is none of this machine’s names HOST', async () => {
  const error = await refusal({ host: '192.0.2.1' })
  if (!isProblem(error, 'host-unusable')) throw new Error('should be host-unusable')
  expect(wordsOf('fr').problems['host-unusable'](error.facts)).toContain('HOST')
})
