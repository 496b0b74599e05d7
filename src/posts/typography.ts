/** No-break space. */
const NBSP = '\u00a0'

/**
 * Plain text as French typography has it: ’ in «l’eau», «…» for three dots, « and » for straight quotation marks,
 * no-break spaces before ; : ! ? » % and after «. What is right already stays, narrow no-break spaces included; so
 * does everything inside addresses, mentions, hashtags, times, ratios, smileys and code. The source of the rules is
 * the Imprimerie nationale's «Lexique». Takes time by the length of the text.
 */
export function typographic(text: string): string {
  return text.split('\n').map(lineOf).join('\n')
}

/** Every sign that a rule is about. */
const SIGN = /["'.;:!?«»%€]/

function lineOf(line: string): string {
  if (!SIGN.test(line)) return line
  // code, blanks, words; a no-break space is part of a word
  const pieces = quoted(line).match(/`[^`]*`|[ \t\r]+|[^ \t\r`]+|`/g) ?? []
  return pieces
    .map((piece, at) => {
      if (/^[ \t\r]/.test(piece)) return blankOf(piece, pieces[at - 1], pieces[at + 1])
      const stays = !SIGN.test(piece) || piece.startsWith('`') || isUntouchable(piece)
      return stays ? piece : wordOf(piece)
    })
    .join('')
}

/** Addresses, mentions, hashtags, smileys, entities. */
function isUntouchable(word: string): boolean {
  return (
    /:\/\/|@|\\|[\p{L}\p{N}]\.\p{L}{2}|&#?\w+;/u.test(word) ||
    /^[("«'’]*(?:[#＃]|:[\w+-]+:)/u.test(word) ||
    // markup and code have signs that words have not
    /[<>={}[\]]["']|["'][<>={}]/.test(word)
  )
}

/** A blank between two words, one that does not break where French wants it so. */
function blankOf(blank: string, before: string | undefined, after: string | undefined): string {
  if (before === undefined || after === undefined) return blank
  if (!/^[;:!?»%€]/.test(after) && !before.endsWith('«')) return blank
  const joins =
    /^(?:[;:]|[!?]+)[)\]»”"’.,…]*$/u.test(after) ||
    after.startsWith('»') ||
    (/^[%€]/u.test(after) && /\d$/.test(before)) ||
    (before.endsWith('«') && !before.startsWith('`'))
  // «:)» is a smiley
  return joins && !/^[;:][)\]]/.test(after) ? NBSP : blank
}

function wordOf(word: string): string {
  return word
    .replace(/(?<=\p{L})'(?=[\p{L}\p{N}«“])/gu, '’')
    .replace(/(?<!\.)\.\.\.(?!\.)/g, '…')
    .replace(/(?<=[\p{L}\p{M}\p{N})\]»”’…%€])(?=[!?]+[)\]»”’….,!?]*$)(?<![!?])/gu, NBSP)
    .replace(/(?<=[\p{L}\p{M}\p{N}\])»”’…%€])(?=[;:][\]»”’]*$)/gu, NBSP)
    .replace(/(?<=\d)(?=%(?![\p{L}\p{N}]))/gu, NBSP)
    .replace(/«(?=[^\s»])/gu, `«${NBSP}`)
    .replace(/(?<=[^\s«])»/gu, `${NBSP}»`)
}

/** Straight quotation marks in pairs as «…», within others as “…”; a line where they do not pair stays as it is. */
function quoted(line: string): string {
  if (!line.includes('"')) return line
  let written = ''
  let from = 0
  let closes = ''
  let depth = 0
  for (const { 0: sign, index } of line.matchAll(/`[^`]*`|["«»]/g)) {
    if (sign === '«') depth++
    if (sign === '»') depth = Math.max(0, depth - 1)
    if (sign !== '"') continue
    const opens = closes === ''
    if (!(opens ? isOpening(line, index) : isClosing(line, index))) return line
    const [open, close] = depth > 0 ? ['“', '”'] : [`«${NBSP}`, `${NBSP}»`]
    written += line.slice(from, index) + (opens ? open : closes)
    closes = opens ? close : ''
    from = index + 1
  }
  return closes === '' ? written + line.slice(from) : line
}

function isOpening(line: string, at: number): boolean {
  return /^$|[\s([{«“'’—–-]/u.test(line[at - 1] ?? '') && /\S/u.test(line[at + 1] ?? '')
}

function isClosing(line: string, at: number): boolean {
  return /\S/u.test(line[at - 1] ?? '') && /^$|[\s)\]}»”.,;:!?…—–-]/u.test(line[at + 1] ?? '')
}
