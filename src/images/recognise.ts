import { Problem } from '../locale/problem.ts'

/** Where a document says what it is. */
const beginning = 4096

/**
 * Lets pass what its own bytes show to be a JPEG, PNG, WebP, AVIF or GIF, whatever its server calls it; nothing else
 * is ever given to a decoder. Throws a `Problem`: `picture-empty`, `picture-is-drawing` (SVG, which can hold
 * anything), `picture-is-page`, `picture-unreadable`.
 */
export async function recognise(bytes: Uint8Array, address: string): Promise<void> {
  if (bytes.byteLength === 0) throw new Problem('picture-empty', { address })
  if (isPicture(bytes)) return
  const element = await firstElement(bytes)
  if (element === 'svg') throw new Problem('picture-is-drawing', { address })
  throw new Problem(element ? 'picture-is-page' : 'picture-unreadable', { address })
}

function isPicture(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 32)).toString('latin1')
  return (
    head.startsWith('\xff\xd8\xff') ||
    head.startsWith('\x89PNG\r\n\x1a\n') ||
    head.startsWith('GIF87a') ||
    head.startsWith('GIF89a') ||
    (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') ||
    (head.slice(4, 8) === 'ftyp' && /avi[fs]/.test(head.slice(8)))
  )
}

/** The name of the element that a document begins with; null where the bytes are no such document. */
async function firstElement(bytes: Uint8Array): Promise<string | null> {
  const text = new TextDecoder().decode(bytes.subarray(0, beginning)).trimStart()
  if (!text.startsWith('<')) return null
  const { Parser } = await import('htmlparser2')
  let first: string | null = null
  const parser = new Parser({ onopentagname: (name) => (first ??= name.replace(/^.*:/, '')) })
  parser.end(text)
  return first
}

/** Whether a PNG moves, which its decoder does not know: an `acTL` chunk stands before the picture (APNG 1.0). */
export function isMovingPng(bytes: Uint8Array): boolean {
  const chunks = Buffer.from(bytes.subarray(0, beginning)).toString('latin1')
  const control = chunks.indexOf('acTL')
  return chunks.startsWith('\x89PNG') && control > 0 && !chunks.slice(0, control).includes('IDAT')
}
