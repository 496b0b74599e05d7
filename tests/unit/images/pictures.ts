import { randomFillSync } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

/** A clear picture: transparent where nothing else is said. */
export const blank = (width: number, height: number, alpha = 0) =>
  sharp({ create: { width, height, channels: 4, background: { r: 0, g: 90, b: 200, alpha } } })

/** A picture that no encoder makes small. */
export const noise = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })

/** The same, sooner made. */
export const random = (width: number, height: number) =>
  sharp(randomFillSync(Buffer.alloc(width * height * 3)), { raw: { width, height, channels: 3 } })

/** Red, then blue. */
export async function moving(format: 'gif' | 'webp'): Promise<Uint8Array> {
  const frames = ['red', 'blue'].map((background) =>
    sharp({ create: { width: 40, height: 30, channels: 3, background } })
      .png()
      .toBuffer(),
  )
  return sharp(await Promise.all(frames), { join: { animated: true } })
    .toFormat(format)
    .toBuffer()
}

/** A PNG whose head promises sides that its few bytes do not have. */
export function promisingPng(width: number, height: number): Uint8Array {
  const sides = Buffer.alloc(8)
  sides.writeUInt32BE(width)
  sides.writeUInt32BE(height, 4)
  return png([
    ['IHDR', Buffer.concat([sides, Buffer.from([8, 0, 0, 0, 0])])],
    ['IDAT', deflateSync(Buffer.alloc(9))],
  ])
}

/** A GIF of one point that promises sides as large as it likes. */
export function promisingGif(width: number, height: number): Uint8Array {
  const sides = Buffer.alloc(4)
  sides.writeUInt16LE(width)
  sides.writeUInt16LE(height, 2)
  const colours = Buffer.from([0x80, 0, 0, 255, 255, 255, 0, 0, 0])
  const frame = [Buffer.from([0x2c, 0, 0, 0, 0]), sides, Buffer.from([0, 2, 2, 0x4c, 1, 0, 0x3b])]
  return Buffer.concat([Buffer.from('GIF89a'), sides, colours, ...frame])
}

/** A PNG that moves, as a browser shows it: the same picture twice. */
export async function movingPng(): Promise<Uint8Array> {
  const whole = await blank(8, 8).png().toBuffer()
  const afterHead = 8 + 25
  return Buffer.concat([
    whole.subarray(0, afterHead),
    chunk('acTL', Buffer.from([0, 0, 0, 1, 0, 0, 0, 0])),
    whole.subarray(afterHead),
  ])
}

function png(chunks: [string, Buffer][]): Uint8Array {
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  const end = chunk('IEND', Buffer.alloc(0))
  return Buffer.concat([signature, ...chunks.map(([name, data]) => chunk(name, data)), end])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.byteLength)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
