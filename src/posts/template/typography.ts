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

/** Every sign that a rule is about, and what code stands between. */
const SIGN = /["'.;:!?«»%€`]/g

/** Only words with such signs are looked at, each once, and the blanks beside them. */
function lineOf(line: string): string {
  const text = quoted(line)
  let written = ''
  let done = 0
  for (let sign = next(text, 0); sign !== -1; sign = next(text, done)) {
    if (text[sign] === '`') {
      const end = text.indexOf('`', sign + 1)
      written += text.slice(done, end + 1 || sign + 1)
      done = end + 1 || sign + 1
      continue
    }
    let start = sign
    let end = sign + 1
    while (start > done && !isEdge(text[start - 1])) start--
    while (end < text.length && !isEdge(text[end])) end++
    const word = text.slice(start, end)
    written += joined(text.slice(done, start), word, text[done - 1])
    written += isUntouchable(word) ? word : wordOf(word)
    done = end
  }
  return written + joined(text.slice(done), '', text[done - 1])
}

function next(text: string, from: number): number {
  SIGN.lastIndex = from
  return SIGN.exec(text)?.index ?? -1
}

/** What ends a word; a no-break space is part of one. */
function isEdge(unit: string | undefined): boolean {
  return unit === ' ' || unit === '\t' || unit === '`' || unit === '\r'
}

/** What stands between two words with signs, its outer blanks such as do not break where French wants it so. */
function joined(between: string, word: string, before: string | undefined): string {
  let text = between
  if (before === '«' && text.trim() + word !== '') text = text.replace(/^[ \t]+/, NBSP)
  if (!/^[;:!?»%€]/.test(word) || !/[ \t]$/.test(text)) return text
  const bare = text.trimEnd()
  const last = bare.at(-1) ?? before
  return last !== undefined && wantsToStay(word, last) ? bare + NBSP : text
}

/** Whether a word that begins with a sign stays with the one before it. */
function wantsToStay(word: string, last: string): boolean {
  if (/^[%€]/.test(word)) return /\d/.test(last)
  // «:)» is a smiley
  return word.startsWith('»') || /^(?:[;:](?![)\]])|[!?]+)[)\]»”"’.,…]*$/u.test(word)
}

/** Addresses, mentions, hashtags, smileys, entities. */
function isUntouchable(word: string): boolean {
  return (
    /:\/\/|@|\\|[\p{L}\p{N}]\.\p{L}{2}|&#?\w+;/u.test(word) ||
    /^[("«'’\u00a0\u202f]*(?:[#＃]|:[\w+-]+:)/u.test(word) ||
    // markup and code have signs that words have not
    /[<>={}[\]]["']|["'][<>={}]/.test(word)
  )
}

const rules: readonly [sign: RegExp, pattern: RegExp, better: string][] = [
  [/'/, /(?<=\p{L})'(?=[\p{L}\p{N}«“])/gu, '’'],
  [/\.{3}/, /(?<!\.)\.\.\.(?!\.)/g, '…'],
  [/[!?]/, /(?<=[\p{L}\p{M}\p{N})\]»”’…%€])(?=[!?]+[)\]»”’….,\u00a0\u202f]*$)/gu, NBSP],
  [/[;:]/, /(?<=[\p{L}\p{M}\p{N}\])»”’…%€])(?=[;:][\]»”’\u00a0\u202f]*$)/gu, NBSP],
  [/%/, /(?<=\d)(?=%(?![\p{L}\p{N}]))/gu, NBSP],
  [/«/, /«(?=[^\s»])/gu, `«${NBSP}`],
  [/»/, /(?<=[^\s«])»/gu, `${NBSP}»`],
]

function wordOf(word: string): string {
  let better = word
  for (const [sign, pattern, by] of rules) {
    if (sign.test(better)) better = better.replace(pattern, by)
  }
  return better
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
