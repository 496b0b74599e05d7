/** Where and how dates are told. */
export interface Telling {
  /** BCP 47; English where it is null or unknown. */
  language: string | null
  /** IANA name. */
  timeZone: string
}

const styles = ['full', 'long', 'medium', 'short'] as const

/**
 * A moment as people write dates, in a language and a time zone: `full` «mardi 24 novembre 2026», `long`, `medium`,
 * `short`, or a pattern of Liquid («%d %B %Y») with that language's names. What is no moment stays as it is. Throws where a
 * letter of the pattern stands for nothing.
 */
export function dateOf(value: string | number, format: string, telling: Telling): string {
  const date = new Date(typeof value === 'number' ? value * 1000 : value)
  if (Number.isNaN(date.getTime())) return String(value)
  const style = styles.find((known) => known === format)
  return style === undefined
    ? patterned(date, format, telling)
    : firstOfMonth(told(date, { dateStyle: style }, telling), telling)
}

/** In French the first day of a month is the only one with an ordinal. */
function firstOfMonth(text: string, { language }: Telling): string {
  return /^fr\b/i.test(language ?? '') ? text.replace(/^(\p{L}+ )?1 (?=\p{L})/u, '$11er ') : text
}

function patterned(date: Date, pattern: string, telling: Telling): string {
  return pattern.replace(/%([-^0_]?)([a-zA-Z%])/g, (whole, flag: string, letter: string) => {
    const value = fieldOf(date, letter, telling)
    if (value === null) throw new Error(`“${whole}” stands for nothing in a date`)
    if (flag === '-') return value.replace(/^[0 ]+(?=.)/, '')
    return flag === '^' ? value.toUpperCase() : value
  })
}

/** What one letter of a pattern stands for, or null where it stands for nothing. */
function fieldOf(date: Date, letter: string, telling: Telling): string | null {
  const number = (type: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second') =>
    numbersOf(date, telling).get(type) ?? ''
  const named = (type: 'month' | 'weekday', length: 'long' | 'short') =>
    partOf(date, { [type]: length, day: 'numeric' }, type, telling)
  const join = (pattern: string) => patterned(date, pattern, telling)
  const hour12 = () => String(((Number(number('hour')) + 11) % 12) + 1)
  const afternoon = () => Number(number('hour')) >= 12
  const fields: Readonly<Record<string, () => string>> = {
    '%': () => '%',
    Y: () => number('year'),
    y: () => number('year').slice(-2),
    m: () => number('month'),
    d: () => number('day'),
    e: () => number('day').replace(/^0/, ' '),
    H: () => number('hour'),
    k: () => number('hour').replace(/^0/, ' '),
    I: () => hour12().padStart(2, '0'),
    l: () => hour12().padStart(2),
    M: () => number('minute'),
    S: () => number('second'),
    p: () => (afternoon() ? 'PM' : 'AM'),
    P: () => (afternoon() ? 'pm' : 'am'),
    B: () => named('month', 'long'),
    b: () => named('month', 'short'),
    h: () => named('month', 'short'),
    A: () => named('weekday', 'long'),
    a: () => named('weekday', 'short'),
    s: () => String(Math.floor(date.getTime() / 1000)),
    F: () => join('%Y-%m-%d'),
    R: () => join('%H:%M'),
    T: () => join('%H:%M:%S'),
    D: () => join('%m/%d/%y'),
  }
  return Object.hasOwn(fields, letter) ? (fields[letter]?.() ?? null) : null
}

function numbersOf(date: Date, { timeZone }: Telling): Map<string, string> {
  const two = '2-digit'
  const numbers: Intl.DateTimeFormatOptions = {
    year: 'numeric',
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
    hourCycle: 'h23',
  }
  const parts = new Intl.DateTimeFormat('en', { ...numbers, timeZone }).formatToParts(date)
  return new Map(parts.map(({ type, value }) => [type, value]))
}

function partOf(
  date: Date,
  options: Intl.DateTimeFormatOptions,
  type: Intl.DateTimeFormatPartTypes,
  { language, timeZone }: Telling,
): string {
  const format = new Intl.DateTimeFormat(spoken(language), { ...options, timeZone })
  return format.formatToParts(date).find((part) => part.type === type)?.value ?? ''
}

function told(date: Date, options: Intl.DateTimeFormatOptions, { language, timeZone }: Telling) {
  return new Intl.DateTimeFormat(spoken(language), { ...options, timeZone }).format(date)
}

/** A language that dates can be told in; never the machine's own. */
function spoken(language: string | null): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf((language ?? 'en').replace('_', '-'))[0] ?? 'en'
  } catch {
    return 'en'
  }
}
