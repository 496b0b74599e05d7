/** What a picture's own bytes say of it; sides in pixels. */
export interface Pictured {
  mime: string
  width: number
  height: number
}

interface Kind {
  mime: string
  /** The first bytes, each as one character. */
  start: RegExp
  /** Width and height; null where they cannot be told. */
  sides(bytes: Buffer): [width: number, height: number] | null
}

const kinds: readonly Kind[] = [
  { mime: 'image/jpeg', start: /^\xff\xd8\xff/, sides: jpeg },
  { mime: 'image/png', start: /^\x89PNG\r\n/, sides: png },
  { mime: 'image/gif', start: /^GIF8/, sides: gif },
  { mime: 'image/webp', start: /^RIFF.{4}WEBP/s, sides: webp },
  { mime: 'image/avif', start: /^.{4}ftypavi[fs]/s, sides: avif },
]

/** The kind of a picture by its first bytes; null where they are of none. */
export function mimeOf(bytes: Uint8Array): string | null {
  return kindOf(bytes)?.mime ?? null
}

/** The kind and size of a picture, read from its header by hand; null where the bytes are none. */
export function pictured(bytes: Uint8Array): Pictured | null {
  const kind = kindOf(bytes)
  const sides = kind?.sides(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  if (!kind || !sides) return null
  const [width, height] = sides
  return width > 0 && height > 0 ? { mime: kind.mime, width, height } : null
}

function kindOf(bytes: Uint8Array): Kind | null {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  return kinds.find((kind) => kind.start.test(start)) ?? null
}

type Sides = ReturnType<Kind['sides']>

/** Segments up to the frame header (ITU T.81, B.2.2): SOF0 to SOF15 but for DHT, JPG and DAC. */
function jpeg(bytes: Buffer): Sides {
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff;) {
    const marker = bytes.readUInt8(at + 1)
    if (marker === 0xff) at += 1
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)]
    else at += 2 + bytes.readUInt16BE(at + 2)
  }
  return null
}

function png(bytes: Buffer): Sides {
  return bytes.length < 24 ? null : [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
}

function gif(bytes: Buffer): Sides {
  return bytes.length < 10 ? null : [bytes.readUInt16LE(6), bytes.readUInt16LE(8)]
}

/** RFC 9649: lossy, lossless or extended. */
function webp(bytes: Buffer): Sides {
  if (bytes.length < 30) return null
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff]
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21)
      return [(bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1]
    }
    default:
      return [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1]
  }
}

/** The first image's extents (ISO 23008-12, `ispe`). */
function avif(bytes: Buffer): Sides {
  const at = bytes.indexOf('ispe', 0, 'latin1')
  if (at < 0 || at + 16 > bytes.length) return null
  return [bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)]
}
