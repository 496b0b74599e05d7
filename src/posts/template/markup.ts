/**
 * While a template is rendered, what is markup for sure and what must never become any are both written with
 * characters that stand for nothing (Unicode's noncharacters): so a value is escaped once, however often it is
 * captured, assigned and written, and the elements that filters write stay elements.
 */
const escapes = new Map([
  ['&', '\u{fdd0}'],
  ['<', '\u{fdd1}'],
  ['>', '\u{fdd2}'],
  ['"', '\u{fdd3}'],
  ["'", '\u{fdd4}'],
])
const signs = new Map([
  ['&', '\u{fdd8}'],
  ['<', '\u{fdd9}'],
  ['>', '\u{fdda}'],
  ['"', '\u{fddb}'],
  ["'", '\u{fddc}'],
])
const meanings = new Map([
  ['\u{fdd0}', '&amp;'],
  ['\u{fdd1}', '&lt;'],
  ['\u{fdd2}', '&gt;'],
  ['\u{fdd3}', '&quot;'],
  ['\u{fdd4}', '&#39;'],
  ...[...signs].map(([sign, sure]): [string, string] => [sure, sign]),
])

/** Text that stays text. */
export function asText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => escapes.get(sign) ?? sign)
}

/** Markup that stays markup. */
export function asMarkup(html: string): string {
  return html.replace(/[&<>"']/g, (sign) => signs.get(sign) ?? sign)
}

/** What was rendered, as HTML. */
export function finished(rendered: string): string {
  return rendered.replace(/[\u{fdd0}-\u{fddf}]/gu, (sign) => meanings.get(sign) ?? '')
}

/** A value without the characters that we give a meaning to, in all its texts. */
export function harmless(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/[\u{fdd0}-\u{fddf}]/gu, '')
  if (Array.isArray(value)) return value.map(harmless)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, harmless(one)]))
}
