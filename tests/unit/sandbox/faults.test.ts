import { afterEach, describe, expect, test } from 'vitest'
import { mastodon, startMastodon } from '../../../src/sandbox/mastodon.ts'
import type { Fault, StandIn } from '../../../src/sandbox/stand-in.ts'
import { startTelegram, telegram } from '../../../src/sandbox/telegram.ts'

const opened: StandIn[] = []
afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())))

async function start(): Promise<StandIn> {
  const standIn = await startTelegram({ port: 0, file: null })
  opened.push(standIn)
  return standIn
}

const bot = `/bot${telegram.botToken}`
const send = ({ url }: StandIn, signal: AbortSignal | null = null) =>
  fetch(`${url}${bot}/sendMessage`, {
    method: 'POST',
    body: new URLSearchParams({ chat_id: telegram.channel, text: 'Bonjour' }),
    signal,
  })

/** As a test in another process orders it. */
const order = ({ url }: StandIn, fault: unknown) =>
  fetch(`${url}/_/fault`, { method: 'POST', body: JSON.stringify(fault) })

describe('a fault', () => {
  test('«drop-before» cuts the connection and nothing is carried out', async () => {
    const standIn = await start()
    standIn.fault({ kind: 'drop-before', path: 'sendMessage' })
    await expect(send(standIn)).rejects.toMatchObject({ cause: { code: 'UND_ERR_SOCKET' } })
    expect(standIn.posts()).toEqual([])
    expect((await send(standIn)).status).toBe(200)
  })

  test('«drop-after» cuts the connection though the post stands', async () => {
    const standIn = await start()
    standIn.fault({ kind: 'drop-after', path: 'sendMessage' })
    await expect(send(standIn)).rejects.toMatchObject({ cause: { code: 'UND_ERR_SOCKET' } })
    expect(standIn.posts()).toHaveLength(1)
  })

  test('«cut-answer» stops in the middle of the answer though the post stands', async () => {
    const standIn = await start()
    standIn.fault({ kind: 'cut-answer', path: 'sendMessage' })
    const response = await send(standIn)
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow('terminated')
    expect(standIn.posts()).toHaveLength(1)
  })

  test('«answer» gives another answer, carried out only where that is said', async () => {
    const standIn = await start()
    const answer: Fault = {
      kind: 'answer',
      path: 'sendMessage',
      status: 502,
      headers: { 'content-type': 'text/html', 'x-from': 'proxy' },
      body: '<html>',
    }
    standIn.fault(answer)
    const response = await send(standIn)
    expect(response.status).toBe(502)
    expect(response.headers.get('x-from')).toBe('proxy')
    expect(await response.text()).toBe('<html>')
    expect(standIn.posts()).toEqual([])
    standIn.fault({ ...answer, carriedOut: true })
    expect((await send(standIn)).status).toBe(502)
    expect(standIn.posts()).toHaveLength(1)
  })

  test('«delay» goes on after a while', async () => {
    const standIn = await start()
    standIn.fault({ kind: 'delay', path: 'sendMessage', ms: 50 })
    const before = performance.now()
    expect((await send(standIn)).status).toBe(200)
    expect(performance.now() - before).toBeGreaterThanOrEqual(45)
  })

  test('«delay» can hold the answer back of a post that stands; closing does not wait for it', async () => {
    const standIn = await start()
    standIn.fault({ kind: 'delay', path: 'sendMessage', ms: 600_000, carriedOut: true })
    await expect(send(standIn, AbortSignal.timeout(300))).rejects.toThrow('timeout')
    expect(standIn.posts()).toHaveLength(1)
    standIn.fault({ kind: 'delay', path: 'sendMessage', ms: 600_000 })
    const waiting = send(standIn)
    await Promise.all([standIn.close(), expect(waiting).rejects.toThrow('fetch failed')])
    expect(standIn.posts()).toHaveLength(1)
  })

  test('is used up as often as ordered, first come first served, by path and method', async () => {
    const standIn = await start()
    const status = (code: number, more: Partial<Fault> = {}): Fault => ({
      ...{ kind: 'answer', path: 'sendMessage', status: code },
      ...more,
    })
    standIn.fault(status(500, { method: 'GET' }))
    standIn.fault(status(502, { times: 2 }))
    standIn.fault(status(504))
    const answers: number[] = []
    for (let count = 0; count < 4; count += 1) answers.push((await send(standIn)).status)
    expect(answers).toEqual([502, 502, 504, 200])
    const get = await fetch(`${standIn.url}${bot}/sendMessage?text=a`)
    expect(get.status).toBe(500)
  })
})

describe('the doors for other processes', () => {
  test('order faults and take them back', async () => {
    const standIn = await start()
    const fault = { kind: 'answer', path: 'sendMessage', status: 500, times: 9 }
    expect((await order(standIn, fault)).status).toBe(204)
    expect((await send(standIn)).status).toBe(500)
    await fetch(`${standIn.url}/_/reset-faults`, { method: 'POST' })
    expect((await send(standIn)).status).toBe(200)
  })

  test.each([
    { kind: 'answer', path: 'x' },
    { kind: 'delay', path: 'x' },
    { kind: 'explode', path: 'x' },
    { kind: 'drop-after' },
    { kind: 'drop-after', path: 'x', time: 2 },
    'nonsense',
  ])('a fault that cannot be is refused: %j', async (fault) => {
    expect((await order(await start(), fault)).status).toBe(400)
  })

  test('tell who is there, what was posted and what was asked, without secrets', async () => {
    const standIn = await start()
    await send(standIn)
    await fetch(`${standIn.url}/bot1:wrong/getMe`)
    const door = async (name: string): Promise<unknown> =>
      (await fetch(`${standIn.url}/_/${name}`)).json()
    expect(await door('identity')).toEqual({ program: 'crieur', standIn: 'telegram' })
    expect(await door('posts')).toEqual(standIn.posts())
    expect(await door('seen')).toMatchObject([
      { method: 'POST', path: '/bot/sendMessage' },
      { method: 'GET', path: '/bot/getMe' },
    ])
    expect(JSON.stringify([standIn.posts(), standIn.seen()])).not.toContain(telegram.botToken)
  })

  test('a token in a query is not shown', async () => {
    const standIn = await startMastodon({ port: 0, file: null })
    opened.push(standIn)
    await fetch(`${standIn.url}/api/v2/instance?access_token=${mastodon.accessToken}&a=1`)
    expect(standIn.seen()).toMatchObject([{ path: '/api/v2/instance?a=1' }])
  })
})

test('it listens on this machine only, and a taken port is an error', async () => {
  const standIn = await start()
  expect(standIn.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  const port = Number(new URL(standIn.url).port)
  await expect(startTelegram({ port, file: null })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})
