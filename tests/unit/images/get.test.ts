import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { getThumbnail } from '../../../src/images/get.ts'
import { createFetch } from '../../../src/net/fetch.ts'
import { servePages } from '../net/serve.ts'

const fetch = createFetch({ allowPrivate: true, allowOrigins: [] })
afterAll(() => fetch.close())

const cap = { bytes: 1_000_000, width: 4000, height: 4000 }
const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: { r: 0, g: 90, b: 200, alpha: 0 } } })

async function thumbnail(body: string | Uint8Array, limits = cap) {
  await using site = await servePages(() => ({ '/a': { type: 'image/x', body } }))
  return await getThumbnail(`${site.url}/a`, { fetch, cap: limits })
}

describe('a thumbnail', () => {
  test.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)('is made of %s', async (format) => {
    const picture = await thumbnail(await blank(300, 200).toFormat(format).toBuffer())
    expect(picture).toMatchObject({ mime: 'image/jpeg', width: 300, height: 200 })
    expect((await sharp(picture.bytes).metadata()).format).toBe('jpeg')
  })

  test('is never wider than a card', async () => {
    const picture = await thumbnail(await blank(3000, 1500).png().toBuffer())
    expect([picture.width, picture.height]).toEqual([1200, 600])
  })

  test('fits its cap, whatever it shows', async () => {
    const noise = { width: 1500, height: 1000, channels: 3, background: '#000' } as const
    const bytes = await sharp({
      create: { ...noise, noise: { type: 'gaussian', mean: 128, sigma: 60 } },
    })
      .png()
      .toBuffer()
    const picture = await thumbnail(bytes, { bytes: 60_000, width: 1000, height: 500 })
    expect(picture.bytes.byteLength).toBeLessThanOrEqual(60_000)
    expect(picture.width).toBeLessThanOrEqual(1000)
    expect(picture.height).toBeLessThanOrEqual(500)
  })

  test('stands upright', async () => {
    const turned = await blank(300, 200)
      .flatten()
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    expect(await thumbnail(turned)).toMatchObject({ width: 200, height: 300 })
  })

  test('is white where it was transparent', async () => {
    const { bytes } = await thumbnail(await blank(20, 20).png().toBuffer())
    const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
    expect([...data.subarray(0, 3)]).toEqual([255, 255, 255])
  })

  test('is in the colours of screens, also from print', async () => {
    const { bytes } = await thumbnail(
      await blank(20, 20).flatten().toColourspace('cmyk').jpeg().toBuffer(),
    )
    expect(await sharp(bytes).metadata()).toMatchObject({ space: 'srgb', channels: 3 })
  })
})

describe('what is no picture', () => {
  test.each([
    ['nothing', ''],
    ['a page', '<!doctype html><p>Bonjour'],
    [
      'a drawing that could hold anything',
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    ],
  ])('%s', async (_, body) => {
    await expect(thumbnail(body)).rejects.toMatchObject({ kind: 'picture-unreadable' })
  })

  test('half a file', async () => {
    const whole = await blank(300, 200).flatten().jpeg().toBuffer()
    await expect(thumbnail(whole.subarray(0, 500))).rejects.toMatchObject({
      kind: 'picture-unreadable',
    })
  })

  test('more than a hundred million pixels', async () => {
    const vast = await blank(20_001, 5_000)
      .flatten()
      .toColourspace('b-w')
      .png({ compressionLevel: 1 })
      .toBuffer()
    await expect(thumbnail(vast)).rejects.toMatchObject({ kind: 'picture-too-large' })
  })
})
