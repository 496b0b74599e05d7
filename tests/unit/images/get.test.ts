import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { type Cap, getPicture } from '../../../src/images/get.ts'
import { createFetch } from '../../../src/net/fetch.ts'
import { serve, servePages } from '../net/serve.ts'
import { blank, moving, movingPng, noise, promisingGif, promisingPng, random } from './pictures.ts'

const fetch = createFetch({ allowPrivate: true, allowOrigins: [] })
afterAll(() => fetch.close())

const cap: Cap = { bytes: 1_000_000, width: 4000, height: 4000 }

async function got(body: string | Uint8Array, limits = cap, type = 'image/jpeg') {
  await using site = await servePages(() => ({ '/a': { type, body } }))
  return await getPicture(`${site.url}/a`, { fetch, cap: limits })
}

async function colourOf(bytes: Uint8Array): Promise<number[]> {
  const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
  return [...data.subarray(0, 3)]
}

describe('a picture', () => {
  test.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)('is made of %s', async (format) => {
    const bytes = await blank(300, 200).toFormat(format).toBuffer()
    const picture = await got(bytes, cap, 'text/plain')
    expect(picture).toMatchObject({ mime: 'image/jpeg', width: 300, height: 200, still: false })
    const { format: made, width, height } = await sharp(picture.bytes).metadata()
    expect({ made, width, height }).toEqual({ made: 'jpeg', width: 300, height: 200 })
  })

  test('stands upright', async () => {
    const turned = await blank(300, 200)
      .flatten()
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    expect(await got(turned)).toMatchObject({ width: 200, height: 300 })
    const narrow = await got(turned, { ...cap, width: 100 })
    expect(narrow).toMatchObject({ width: 100, height: 150 })
    expect((await sharp(narrow.bytes).metadata()).orientation).toBeUndefined()
  })

  test('is white where it was transparent', async () => {
    const { bytes } = await got(await blank(20, 20).png().toBuffer())
    expect(await colourOf(bytes)).toEqual([255, 255, 255])
    const clear = await blank(20, 20, 0.5).webp({ lossless: true }).toBuffer()
    const [red = 0, , blue = 0] = await colourOf((await got(clear)).bytes)
    expect(red).toBeGreaterThan(110)
    expect(blue).toBeGreaterThan(215)
  })

  test('is in the colours of screens, also from print', async () => {
    const printed = await blank(20, 20, 1).flatten().toColourspace('cmyk').jpeg().toBuffer()
    const { bytes } = await got(printed)
    expect(await sharp(bytes).metadata()).toMatchObject({ space: 'srgb', channels: 3 })
    const [red = 255, , blue = 0] = await colourOf(bytes)
    expect(blue).toBeGreaterThan(red)
  })

  test.each(['b-w', 'rgb16', 'grey16'])('of %s is one like others', async (space) => {
    const { bytes } = await got(await blank(20, 20).toColourspace(space).png().toBuffer())
    expect(await colourOf(bytes)).toEqual([255, 255, 255])
  })

  test('carries nothing of who took it where', async () => {
    const exif = { IFD0: { Artist: 'A. Photographer' }, IFD3: { GPSLatitude: '48/1 51/1 0/1' } }
    const signed = await blank(20, 20).flatten().withExif(exif).jpeg().toBuffer()
    expect((await sharp(signed).metadata()).exif).toBeDefined()
    const { bytes } = await got(signed)
    expect((await sharp(bytes).metadata()).exif).toBeUndefined()
    expect(Buffer.from(bytes).toString('latin1')).not.toContain('Photographer')
  })

  test.each(['gif', 'webp'] as const)('that moves stands still: %s', async (format) => {
    const picture = await got(await moving(format))
    expect(picture).toMatchObject({ width: 40, height: 30, still: true })
    const [red = 0, , blue = 255] = await colourOf(picture.bytes)
    expect(red).toBeGreaterThan(200)
    expect(blue).toBeLessThan(60)
  })

  test('that moves stands still: PNG', async () => {
    expect(await got(await movingPng())).toMatchObject({ width: 8, height: 8, still: true })
  })
})

describe('a picture fits its cap', () => {
  test('by its bytes, whatever it shows', async () => {
    const bytes = await noise(1500, 1000).png().toBuffer()
    const picture = await got(bytes, { bytes: 60_000, width: 1000, height: 500 })
    expect(picture.bytes.byteLength).toBeLessThanOrEqual(60_000)
    expect(picture.width / picture.height).toBeCloseTo(1.5, 1)
  })

  test.each<[string, number, number, Partial<Cap>, number, number]>([
    ['its width', 3000, 1500, { width: 1200 }, 1200, 600],
    ['its height', 1500, 3000, { height: 1200 }, 600, 1200],
    ['its sides together', 3000, 2000, { sum: 1000 }, 600, 400],
    ['its shape', 2000, 100, { width: 105, ratio: 20 }, 105, 6],
  ])('by %s', async (_, width, height, limits, wide, high) => {
    const picture = await got(await blank(width, height).png().toBuffer(), { ...cap, ...limits })
    expect([picture.width, picture.height]).toEqual([wide, high])
  })

  test('and is never made larger', async () => {
    expect(await got(await blank(3, 2).png().toBuffer())).toMatchObject({ width: 3, height: 2 })
  })

  test('or is refused where its shape can never fit', async () => {
    const banner = await blank(2100, 100).png().toBuffer()
    await expect(got(banner, { ...cap, ratio: 20 })).rejects.toMatchObject({
      kind: 'picture-too-long',
      facts: { ratio: 20 },
    })
    expect(await got(banner)).toMatchObject({ width: 2100, height: 100 })
  })

  test('also where its file has 20 MB', async () => {
    const heavy = await random(3000, 2300).png({ compressionLevel: 0 }).toBuffer()
    expect(heavy.byteLength).toBeGreaterThan(20_000_000)
    const picture = await got(heavy, { ...cap, width: 800 })
    expect(picture.width).toBe(800)
    expect(picture.bytes.byteLength).toBeLessThanOrEqual(cap.bytes)
  })
})

describe('what is no picture', () => {
  const drawing = (inside: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">${inside}</svg>`

  test.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'picture-empty'],
    ['a page', '<!doctype html><html><p>Bonjour', 'picture-is-page'],
    ['a page after a byte order mark and a comment', '\ufeff\n<!-- a --><p>Oui', 'picture-is-page'],
    ['a drawing', drawing(''), 'picture-is-drawing'],
    ['a drawing with its declaration', `<?xml version="1.0"?>${drawing('')}`, 'picture-is-drawing'],
    [
      'a drawing in a namespace',
      '<s:svg xmlns:s="http://www.w3.org/2000/svg"/>',
      'picture-is-drawing',
    ],
    ['words', 'not found', 'picture-unreadable'],
    ['a document', '%PDF-1.7\n', 'picture-unreadable'],
    ['a bitmap', 'BM\0\0\0\0', 'picture-unreadable'],
    ['the head of a photograph alone', '\xff\xd8\xff', 'picture-unreadable'],
  ])('%s', async (_, body, kind) => {
    await expect(got(body)).rejects.toMatchObject({ kind })
  })

  test('nothing that a drawing names is fetched', async () => {
    await using site = await servePages((origin) => ({
      '/entity': {
        type: 'image/svg+xml',
        body: `<!DOCTYPE svg [<!ENTITY x SYSTEM "${origin}/secret">]>${drawing('<text>&x;</text>')}`,
      },
      '/href': {
        type: 'image/png',
        body: drawing(`<image href="${origin}/secret" xlink:href="${origin}/secret"/>`),
      },
    }))
    for (const path of ['/entity', '/href']) {
      await expect(getPicture(site.url + path, { fetch, cap })).rejects.toMatchObject({
        kind: 'picture-is-drawing',
      })
    }
    expect(site.asked).toEqual(['/entity', '/href'])
  })

  test.each(['jpeg', 'png', 'webp', 'avif'] as const)('half a file: %s', async (format) => {
    const whole = await noise(300, 200).toFormat(format).toBuffer()
    const half = whole.subarray(0, whole.byteLength / 2)
    await expect(got(half)).rejects.toMatchObject({ kind: 'picture-broken' })
  })

  test('a small file that promises 30,000 × 30,000 pixels, before it is decoded', async () => {
    await expect(got(promisingPng(30_000, 30_000))).rejects.toMatchObject({
      kind: 'picture-too-large',
      facts: { megapixels: 100 },
    })
  })

  test('more pixels than are held at once, in fifty bytes', async () => {
    await expect(got(promisingGif(8000, 6500))).rejects.toMatchObject({
      kind: 'picture-too-large',
      facts: { megapixels: 50 },
    })
  })
})

describe('a server', () => {
  test('that has no such picture', async () => {
    await using site = await servePages(() => ({}))
    await expect(getPicture(`${site.url}/a`, { fetch, cap })).rejects.toMatchObject({
      kind: 'http-status',
      facts: { status: 404 },
    })
  })

  test('that never stops sending', async () => {
    await using site = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 31 * 1024 * 1024 }).write('\xff\xd8\xff')
    })
    await expect(getPicture(`${site.url}/a`, { fetch, cap })).rejects.toMatchObject({
      kind: 'too-large',
      facts: { megabytes: 30 },
    })
  })

  test('that hangs is given up after 15 seconds, with words for it', async () => {
    await using site = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'image/jpeg' }).write('\xff\xd8\xff')
    })
    const limits: (number | undefined)[] = []
    const hasty = createFetch({ allowPrivate: true, allowOrigins: [] })
    const impatient: typeof fetch = {
      ...hasty,
      get(url, options) {
        limits.push(options?.timeoutMs)
        return hasty.get(url, { ...options, timeoutMs: 50 })
      },
    }
    await expect(getPicture(`${site.url}/a`, { fetch: impatient, cap })).rejects.toMatchObject({
      kind: 'timed-out',
    })
    expect(limits).toEqual([15_000])
    await hasty.close()
  })

  test('is left as soon as nobody waits any more', async () => {
    const leaving = new AbortController()
    await using site = await serve(() => leaving.abort(new Error('the lease is over')))
    await expect(
      getPicture(`${site.url}/a`, { fetch, cap, signal: leaving.signal }),
    ).rejects.toThrow('the lease is over')
  })

  test('of a private network is not asked', async () => {
    await using site = await servePages(() => ({}))
    const guarded = createFetch({ allowPrivate: false, allowOrigins: [] })
    await expect(getPicture(`${site.url}/a`, { fetch: guarded, cap })).rejects.toMatchObject({
      kind: 'address-private',
    })
    expect(site.asked).toEqual([])
    await guarded.close()
  })
})

test('a picture that fails holds up none after it', async () => {
  const whole = await blank(30, 20).flatten().jpeg().toBuffer()
  const results = await Promise.allSettled([
    got(whole.subarray(0, whole.byteLength / 2)),
    got(whole),
    got('no'),
  ])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected'])
})
