import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { AtpAgent } from '@atproto/api'
import { createRestAPIClient } from 'masto'
import { Telegram } from 'telegraf'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { bluesky, startBluesky } from '../../../src/sandbox/bluesky.ts'
import { mastodon, startMastodon } from '../../../src/sandbox/mastodon.ts'
import type { StandIn } from '../../../src/sandbox/stand-in.ts'
import { startTelegram, telegram } from '../../../src/sandbox/telegram.ts'

let folder: string
let file: string
const opened: StandIn[] = []
const spawned: ChildProcess[] = []
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'crieur-keep-'))
  file = path.join(folder, 'deep', 'posts.jsonl')
})
afterEach(async () => {
  for (const child of spawned.splice(0)) child.kill('SIGKILL')
  await Promise.all(opened.splice(0).map((one) => one.close()))
  await rm(folder, { recursive: true })
})

function opening<T extends StandIn>(standIn: T): T {
  opened.push(standIn)
  return standIn
}

const ready = z.object({ platform: z.string(), url: z.string() })

const program = fileURLToPath(new URL('../../../src/sandbox/serve.ts', import.meta.url))

/** One stand-in as a process of its own, once it says that it is ready. */
async function serve(...args: string[]) {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  spawned.push(child)
  const [line] = await once(createInterface(child.stdout), 'line')
  return { child, ...ready.parse(JSON.parse(String(line))) }
}

describe('a restart', () => {
  test('keeps the messages, and goes on counting after the last', async () => {
    const first = await startTelegram({ port: 0, file })
    const send = ({ url }: StandIn) =>
      new Telegram(telegram.botToken, { apiRoot: url }).sendMessage(telegram.channel, 'Bonjour')
    const { message_id } = await send(first)
    const before = first.posts()
    await first.close()
    const second = opening(await startTelegram({ port: 0, file }))
    expect(second.posts()).toEqual(before)
    expect((await send(second)).message_id).toBe(message_id + 1)
  })

  test('keeps records, pictures and sessions', async () => {
    const picture = Buffer.from('ffd8ffe000104a464946', 'hex')
    const first = await startBluesky({ port: 0, file })
    const agent = new AtpAgent({ service: first.url })
    await agent.login({ identifier: bluesky.handle, password: bluesky.appPassword })
    const { data } = await agent.uploadBlob(picture, { encoding: 'image/jpeg' })
    const image = { image: data.blob, alt: '' }
    const put = (from: AtpAgent) =>
      from.com.atproto.repo.putRecord({
        ...{ repo: bluesky.did, collection: 'app.bsky.feed.post', rkey: '3mabcdefghi2a' },
        record: {
          ...{ $type: 'app.bsky.feed.post', text: 'Bonjour', createdAt: '2026-11-24T04:05:06Z' },
          embed: { $type: 'app.bsky.embed.images', images: [image] },
        },
      })
    const { cid } = (await put(agent)).data
    const session = agent.session
    await first.close()
    const second = opening(await startBluesky({ port: 0, file }))
    const later = new AtpAgent({ service: second.url })
    if (session) await later.resumeSession(session)
    expect((await put(later)).data).toMatchObject({ cid, validationStatus: 'valid' })
    expect(second.posts()).toMatchObject([{ requests: 2, edits: 0 }])
    expect(second.seen().map(({ path: asked }) => asked)).not.toContain(
      '/xrpc/com.atproto.server.createSession',
    )
  })

  test('keeps statuses and the keys they were posted with', async () => {
    const first = await startMastodon({ port: 0, file })
    const post = ({ url }: StandIn) =>
      createRestAPIClient({ url, accessToken: mastodon.accessToken }).v1.statuses.create(
        { status: 'Bonjour' },
        { requestInit: { headers: { 'Idempotency-Key': 'k1' } } },
      )
    const { id, url } = await post(first)
    await first.close()
    const second = opening(await startMastodon({ port: 0, file }))
    expect(await post(second)).toMatchObject({ id, url })
    expect(second.posts()).toHaveLength(1)
  })

  test('a last line that was cut short is dropped', async () => {
    const first = await startTelegram({ port: 0, file })
    const send = ({ url }: StandIn) =>
      new Telegram(telegram.botToken, { apiRoot: url }).sendMessage(telegram.channel, 'Bonjour')
    await send(first)
    await first.close()
    await appendFile(file, '{"post":{"platf')
    const second = await startTelegram({ port: 0, file })
    await send(second)
    await second.close()
    expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(2)
  })

  test('another platform’s file is refused', async () => {
    const first = await startTelegram({ port: 0, file })
    await new Telegram(telegram.botToken, { apiRoot: first.url }).sendMessage(telegram.channel, 'a')
    await first.close()
    await expect(startMastodon({ port: 0, file })).rejects.toThrow('keeps posts of telegram')
  })
})

test('a post of a process that is killed before it answers is kept', async () => {
  const { child, url } = await serve('telegram', '--file', file, '--options', '{"pace":5}')
  const fault = { kind: 'delay', path: 'sendMessage', ms: 600_000, carriedOut: true }
  await fetch(`${url}/_/fault`, { method: 'POST', body: JSON.stringify(fault) })
  const bot = new Telegram(telegram.botToken, { apiRoot: url })
  const sending = bot.sendMessage(telegram.channel, 'Bonjour').catch((error: unknown) => error)
  const posts = async () => z.array(z.unknown()).parse(await (await fetch(`${url}/_/posts`)).json())
  await expect.poll(posts).toHaveLength(1)
  child.kill('SIGKILL')
  expect(await sending).toMatchObject({ code: 'ECONNRESET' })
  const again = opening(await startTelegram({ port: 0, file }))
  expect(again.posts()).toMatchObject([{ wire: { text: 'Bonjour' }, requests: 1 }])
})

test('a process of its own ends when told', async () => {
  const { child, platform } = await serve('mastodon')
  expect(platform).toBe('mastodon')
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})
