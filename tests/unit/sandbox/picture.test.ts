import sharp from 'sharp'
import { expect, test } from 'vitest'
import { mimeOf, pictured } from '../../../src/sandbox/picture.ts'

const drawn = () => sharp({ create: { width: 321, height: 123, channels: 3, background: 'red' } })

test.for([
  ['jpeg', () => drawn().jpeg()],
  [
    'jpeg',
    () =>
      drawn()
        .jpeg({ progressive: true })
        .withExif({ IFD0: { Artist: 'a' } }),
  ],
  ['png', () => drawn().png()],
  ['gif', () => drawn().gif()],
  ['webp', () => drawn().webp()],
  ['webp', () => drawn().webp({ lossless: true })],
  [
    'webp',
    () =>
      drawn()
        .webp()
        .withExif({ IFD0: { Artist: 'a' } }),
  ],
  ['avif', () => drawn().avif({ effort: 0 })],
] as const)('a %s tells its kind and sides', async ([kind, draw]) => {
  const bytes = await draw().toBuffer()
  expect(pictured(bytes)).toEqual({ mime: `image/${kind}`, width: 321, height: 123 })
})

test.for([
  ['nothing', ''],
  ['a page', '<!DOCTYPE html><title>Not found</title>'],
  ['a drawing of lines', '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'],
])('%s is no picture', ([, text]) => {
  const bytes = new TextEncoder().encode(text)
  expect([mimeOf(bytes), pictured(bytes)]).toEqual([null, null])
})

test('a picture that breaks off has a kind and no sides', async () => {
  for (const kind of ['jpeg', 'png', 'webp', 'avif'] as const) {
    const bytes = (await drawn().toFormat(kind).toBuffer()).subarray(0, 16)
    expect([mimeOf(bytes), pictured(bytes)]).toEqual([`image/${kind}`, null])
  }
})
