import { TextDecoder } from 'node:util'
import { Parser } from 'htmlparser2'

/** How far into a page a declaration of its encoding may stand (the HTML standard says 1024; sites do not). */
const declarationBytes = 4096

/**
 * Bytes of a page or a feed as text: byte order mark, then the answer's header, then the page's or the XML's own
 * declaration, then UTF-8, and windows-1252 where the bytes are no UTF-8. Unknown names count as not given.
 */
export function decodeText(bytes: Uint8Array, contentType: string | null): string {
  const decoder =
    decoderOf(markOf(bytes)) ??
    decoderOf(parameterOf(contentType)) ??
    decoderOf(declaredIn(bytes)) ??
    new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1252')
  return decoder.decode(bytes)
}

function decoderOf(label: string | null): TextDecoder | null {
  if (!label) return null
  try {
    return new TextDecoder(label)
  } catch {
    return null
  }
}

function markOf([a, b, c]: Uint8Array): string | null {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  return null
}

function parameterOf(contentType: string | null): string | null {
  return /charset\s*=\s*["']?([\w:.-]+)/i.exec(contentType ?? '')?.[1] ?? null
}

function declaredIn(bytes: Uint8Array): string | null {
  let found: string | null = null
  const parser = new Parser({
    onprocessinginstruction(name, data) {
      if (name === '?xml') found ??= /encoding\s*=\s*["']([\w:.-]+)/i.exec(data)?.[1] ?? null
    },
    onopentag(name, { charset, content, 'http-equiv': header }) {
      if (name !== 'meta') return
      found ??=
        charset ?? (header?.toLowerCase() === 'content-type' ? parameterOf(content ?? null) : null)
    },
  })
  parser.write(new TextDecoder('windows-1252').decode(bytes.subarray(0, declarationBytes)))
  // A declaration we could read as single bytes is never UTF-16, whatever it says.
  return found && /^utf-?16/i.test(found) ? 'utf-8' : found
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
