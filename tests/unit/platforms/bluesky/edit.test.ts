import { afterEach, expect, test } from 'vitest'
import { open } from '../../../../src/platforms/bluesky/connection.ts'
import { tid } from '../../../../src/platforms/bluesky/key.ts'
import type { Publication, Upload } from '../../../../src/platforms/platform.ts'
import { bluesky, startBluesky } from '../../../../src/sandbox/bluesky.ts'
import { draft, failureOf, memoryVault, now, publication, soon } from '../support.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

async function start(state: 'active' | 'deactivated' = 'active') {
  const standIn = await startBluesky({ port: 0, file: null, accounts: [{ ...bluesky, state }] })
  const { handle, appPassword } = bluesky
  const own = { handle, appPassword, service: standIn.url }
  const connection = await open(own, memoryVault(), { clock: () => now, connectMs: 1000 })
  closing.push(
    () => connection.close(),
    () => standIn.close(),
  )
  const calls = () => standIn.seen().flatMap(({ path }) => /\.(\w+Record)/.exec(path)?.[1] ?? [])
  return { standIn, connection, calls }
}

const publicationOf = (more: Partial<Publication> = {}): Publication => ({
  ...publication,
  key: tid(now, Math.random),
  ...more,
})
const mended = { ...draft, text: 'The crier stands in the square' }
const again = { ...draft, text: 'The crier sits' }

test('an edit takes one call, and answers what the next part must name', async () => {
  const { connection, standIn, calls } = await start()
  const sent = publicationOf()
  const first = await connection.publish(draft, sent, soon())
  const edited = await connection.edit(first, mended, sent, soon())
  expect(edited.cid).not.toBe(first.cid)
  expect(calls()).toEqual(['putRecord', 'putRecord'])
  expect(standIn.posts()[0]?.wire).toMatchObject({ createdAt: now.toISOString() })
})

test('what somebody changed meanwhile is read, and changed once more', async () => {
  const { connection, standIn, calls } = await start()
  const sent = publicationOf()
  const first = await connection.publish(draft, sent, soon())
  await connection.edit(first, mended, sent, soon())
  const edited = await connection.edit(first, again, sent, soon())
  expect(standIn.posts()).toMatchObject([{ edits: 2, wire: { text: again.text } }])
  expect(calls().slice(2)).toEqual(['putRecord', 'getRecord', 'putRecord'])
  const { cid } = (await connection.edit(edited, again, sent, soon())) ?? {}
  expect(cid).toBe(edited.cid)
})

test('one whose content nobody knows is read first; what is not there is not made', async () => {
  const { connection, standIn, calls } = await start()
  const sent = publicationOf()
  const { cid: _, ...known } = await connection.publish(draft, sent, soon())
  await connection.edit(known, mended, sent, soon())
  expect(calls()).toEqual(['putRecord', 'getRecord', 'putRecord'])
  standIn.remove({ id: known.id })
  const error = await failureOf(connection.edit(known, mended, sent, soon()), [])
  expect(error).toMatchObject({ kind: 'rejected', gone: true })
  expect(standIn.posts()).toEqual([])
})

test('of an account that is switched off nothing is gone', async () => {
  const { connection } = await start('deactivated')
  const known = { id: `at://${bluesky.did}/app.bsky.feed.post/${publication.key}`, url: null }
  const error = await failureOf(connection.edit(known, mended, publication, soon()), [])
  expect(error).toMatchObject({ kind: 'unauthorized', gone: false })
})

test('another account’s post is left alone', async () => {
  const { connection, calls } = await start()
  const known = { id: 'at://did:plc:other/app.bsky.feed.post/3mgaaaaaaaaa2', url: null, cid: 'x' }
  const kinds = [
    (await failureOf(connection.edit(known, mended, publication, soon()), [])).kind,
    (await failureOf(connection.remove(known, soon()), [])).kind,
  ]
  expect([kinds, calls()]).toEqual([['rejected', 'rejected'], []])
})

test('an upload that the server has cleared away is to be made again', async () => {
  const { connection, standIn } = await start()
  const png =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  const bytes = Buffer.from(png, 'base64')
  const image: Upload = { bytes, mime: 'image/png', width: 1, height: 1, alt: 'A square' }
  const shown = { ...draft, images: [{ url: 'https://town.example/a.png', alt: 'A square' }] }
  const media = [{ ...image, ref: await connection.upload(image, soon()) }]
  const sent = publicationOf({ media })
  standIn.forgetBlobs()
  const error = await failureOf(connection.publish(shown, sent, soon()), [])
  expect(error).toMatchObject({ kind: 'rejected', culprit: 'uploads' })
  expect(await connection.upload(image, soon())).toEqual(media[0]?.ref)
  await connection.publish(shown, sent, soon())
  standIn.forgetBlobs()
  await connection.publish(shown, sent, soon())
  expect(standIn.posts()).toMatchObject([{ requests: 2, edits: 0, pictures: [{ width: 1 }] }])
})

test('the points that remain are told as posts', async () => {
  const { connection, standIn } = await start()
  const headers = {
    'ratelimit-limit': '5000',
    'ratelimit-remaining': '7',
    'ratelimit-reset': '1790000000',
    'ratelimit-policy': '5000;w=3600',
  }
  const body = '{"error":"RateLimitExceeded","message":"Rate Limit Exceeded"}'
  const json = { 'content-type': 'application/json' }
  standIn.fault({
    ...{ kind: 'answer', path: 'putRecord', status: 429 },
    headers: { ...headers, ...json },
    body,
  })
  await failureOf(connection.publish(draft, publicationOf(), soon()), [])
  const resetsAt = new Date(1_790_000_000_000)
  expect(connection.allowance()).toEqual({ limit: 2500, remaining: 3, resetsAt })
  await connection.publish(draft, publicationOf(), soon())
  expect(connection.allowance()).toMatchObject({ limit: 2500, remaining: 2499 })
})
