import { AtpAgent } from '@atproto/api'
import { afterEach, expect, test } from 'vitest'
import { bluesky, startBluesky } from '../../../src/sandbox/bluesky.ts'
import type { StandIn } from '../../../src/sandbox/stand-in.ts'
import { png } from './pictures.ts'

const opened: StandIn[] = []
afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())))

async function start() {
  const standIn = await startBluesky({ port: 0, file: null })
  opened.push(standIn)
  const agent = new AtpAgent({ service: standIn.url })
  await agent.login({ identifier: bluesky.handle, password: bluesky.appPassword })
  const upload = async (bytes: Buffer) =>
    (await agent.uploadBlob(bytes, { encoding: 'image/png' })).data.blob
  const put = (images: unknown[]) =>
    agent.com.atproto.repo.putRecord({
      repo: bluesky.did,
      collection: 'app.bsky.feed.post',
      rkey: '3mgaaaaaaaaa2',
      record: {
        $type: 'app.bsky.feed.post',
        text: 'La fanfare',
        createdAt: '2026-11-24T04:05:06.000Z',
        embed: { $type: 'app.bsky.embed.images', images },
      },
    })
  return { standIn, agent, upload, put }
}

test('pictures arrive with their description and sides', async () => {
  const { standIn, upload, put } = await start()
  const image = await upload(png(800, 400))
  await put([
    { image, alt: 'Le pont', aspectRatio: { width: 800, height: 400 } },
    { image, alt: '' },
  ])
  const about = { mime: 'image/png', width: 800, height: 400, bytes: 200 }
  expect(standIn.posts()[0]?.pictures).toEqual([
    { ...about, alt: 'Le pont' },
    { ...about, alt: '' },
  ])
})

test.for<[string, (image: unknown) => unknown[], RegExp]>([
  ['five', (image) => Array.from({ length: 5 }, () => ({ image, alt: '' })), /images/],
  ['one without a description', (image) => [{ image }], /alt/],
  [
    'one without sides',
    (image) => [{ image, alt: '', aspectRatio: { width: 0, height: 4 } }],
    /width/,
  ],
  [
    'one of another shape',
    (image) => [{ image, alt: '', aspectRatio: { width: 400, height: 800 } }],
    /ratio/,
  ],
])('%s is refused', async ([, images, words]) => {
  const { standIn, upload, put } = await start()
  await expect(put(images(await upload(png(800, 400))))).rejects.toMatchObject({
    status: 400,
    error: 'InvalidRequest',
    message: expect.stringMatching(words),
  })
  expect(standIn.posts()).toEqual([])
})

test('a picture over two million bytes is refused with its record', async () => {
  const { upload, put } = await start()
  const image = await upload(png(800, 400, 2_000_001))
  await expect(put([{ image, alt: '' }])).rejects.toThrow('blob too big')
})

test('a handle names an account that lives here', async () => {
  const { agent } = await start()
  const didOf = async (handle: string) =>
    (await agent.com.atproto.identity.resolveHandle({ handle })).data.did
  expect(await didOf(bluesky.handle.toUpperCase())).toBe(bluesky.did)
  await expect(didOf('nobody.test')).rejects.toThrow('Unable to resolve handle')
  await expect(didOf('no handle')).rejects.toMatchObject({ status: 400 })
})
