import { createHash } from 'node:crypto'

/** Multicodecs (multiformats/multicodec table): what the hashed bytes are. */
const CODEC = { raw: 0x55, 'dag-cbor': 0x71 } as const

/** A CIDv1 with SHA-256 in base32: `bafkrei…` for raw bytes, `bafyrei…` for a record. */
export function cidOf(codec: keyof typeof CODEC, bytes: Uint8Array | string): string {
  const hash = createHash('sha256').update(bytes).digest()
  return `b${base32(Uint8Array.from([0x01, CODEC[codec], 0x12, 0x20, ...hash]))}`
}

/** A record's CID: equal for equal content whatever the order of keys. The hash is of JSON, not of DAG-CBOR. */
export function recordCid(record: unknown): string {
  return cidOf('dag-cbor', canonical(record))
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'

/** RFC 4648 in lower case, without padding. */
function base32(bytes: Uint8Array): string {
  let bits = 0
  let held = 0
  let text = ''
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += LETTERS.charAt((held >> bits) & 31)
    }
    held &= (1 << bits) - 1
  }
  return bits === 0 ? text : text + LETTERS.charAt((held << (5 - bits)) & 31)
}
