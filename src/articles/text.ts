/** Space that may break a line, which is all that is collapsed: no-break spaces are typography and stay. */
const breakingSpace = /[\t\n\v\f\r \u2028\u2029]+/g
/** Controls, soft hyphens, zero-width spaces, stray marks of byte order, and overrides and embeddings of direction. */
const invisible = /[\p{Cc}\u00ad\u200b\ufeff\ufffe\uffff\u202a-\u202e\u206a-\u206f]/gu
const isolate = /[\u2066-\u2069]/g
const popIsolate = '\u2069'

/**
 * One line of plain text: NFC, white space collapsed (no-break spaces kept), control characters and overrides of
 * direction removed, isolates closed where they were opened.
 */
export function plainText(text: string): string {
  return balanced(lineOf(text))
}

/** Plain text as somebody typed it: the same, but for its line feeds, which stay; no more than one line is left empty. */
export function typedText(text: string): string {
  const lines = text.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/).map(lineOf)
  return balanced(
    lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
  )
}

function lineOf(text: string): string {
  return text
    .toWellFormed()
    .replace(breakingSpace, ' ')
    .replace(invisible, '')
    .replace(/ {2,}/g, ' ')
    .trim()
    .normalize('NFC')
}

/** The same, or null where nothing is left. */
export function plainTextOrNull(text: string | null | undefined): string | null {
  return plainText(text ?? '') || null
}

function balanced(text: string): string {
  let open = 0
  const kept = text.replace(isolate, (mark) => {
    if (mark !== popIsolate) open++
    else if (open === 0) return ''
    else open--
    return mark
  })
  return kept + popIsolate.repeat(open)
}

/** Letters and digits only, without case or accents: what two texts are compared by. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
}
