import type { Context, FilterImplOptions } from 'liquidjs'
import { shortened } from '../fit/cut.ts'
import { dateOf, type Telling } from './dates.ts'
import { withEllipsis } from '../fit/ending.ts'
import { asMarkup, asText } from './markup.ts'
import { SHOWN, shortLink } from './short-link.ts'
import { typographic } from './typography.ts'

/** How one platform spells a name as a hashtag (without `#`), or null where it has none for it. */
export type Spell = (name: string) => string | null

/** What filters take from what they work for. */
export interface Around extends Telling {
  hashtag: Spell
}

/** Where a rendering keeps its `Around`: a symbol, since templates can name every string. */
export const AROUND = Symbol('around')

/** More graphemes, words or names than any post has: nobody waits for what is cut or counted beyond. */
const MOST = 5000

/**
 * What templates can do besides Liquid's own filters:
 * - `hashtags`, or `hashtags: 3` for that many at most: a list of names → its valid hashtags with blanks between,
 *   each spelling once;
 * - `mention`: `"@name@host"` → a name that the platform tells, where it is well-formed; else plain text;
 * - `short_link`, or `short_link: 40`: an address → what readers may be shown of it, at most so many characters;
 * - `truncate: 80`: a text of at most so many graphemes (50 unless told), cut as `fit` cuts, for what is not elastic;
 * - `truncate_words: 20`: a text of at most so many words, in scripts without blanks too;
 * - `typographie`: a text with French typography, unless its language is known to be another;
 * - `date: "long"`: a moment in the article's language (`full`, `long`, `medium`, `short`, or a pattern);
 * - `escape`: values are escaped as it is, so asking for it does not escape twice.
 */
export const filters: Readonly<Record<string, FilterImplOptions>> = {
  hashtags(names: unknown, most: unknown) {
    const { hashtag } = aroundOf(this.context)
    const found = new Map<string, string>()
    for (const name of (Array.isArray(names) ? names : [names]).slice(0, MOST)) {
      const tag = typeof name === 'string' ? hashtag(name) : null
      if (tag !== null && !found.has(tag.toLowerCase())) found.set(tag.toLowerCase(), tag)
    }
    return [...found.values()]
      .slice(0, countOf(most, MOST))
      .map((tag) => `${asMarkup('<hashtag>')}${tag}${asMarkup('</hashtag>')}`)
      .join(' ')
  },
  mention(name: unknown) {
    const text = textOf(name).trim()
    const whole = text.startsWith('@') ? text : `@${text}`
    if (
      !/^@\w(?:[\w.-]{0,250}\w)?(?:@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,9})?$/u.test(
        whole,
      )
    ) {
      return text
    }
    return `${asMarkup('<mention>')}${whole}${asMarkup('</mention>')}`
  },
  short_link: (address: unknown, most: unknown) => shortLink(textOf(address), countOf(most, SHOWN)),
  truncate: (text: unknown, most: unknown) => shortened(textOf(text), countOf(most, 50)),
  truncate_words: (text: unknown, most: unknown) => ofWords(textOf(text), countOf(most, 20)),
  typographie(text: unknown) {
    const { language } = aroundOf(this.context)
    return /^fr\b/i.test(language ?? 'fr') ? typographic(textOf(text)) : textOf(text)
  },
  date(moment: unknown, format: unknown) {
    if (moment === 'now' || moment === 'today')
      throw new Error('a post does not know what time it is')
    if (typeof moment !== 'string' && typeof moment !== 'number') return ''
    return dateOf(moment, textOf(format) || 'long', aroundOf(this.context))
  },
  escape: escaped,
}

/** What every value goes through on its way out, last: it stays text. */
export function escaped(this: { context: Context }, value: unknown): string {
  // a list is written as Liquid writes it, its members side by side
  const text = Array.isArray(value) ? value.map(textOf).join('') : textOf(value)
  this.context.memoryLimit.use(text.length)
  return asText(text)
}

function aroundOf({ globals }: Context): Around {
  const around: unknown = Reflect.get(globals, AROUND)
  if (!isAround(around)) throw new Error('a template is rendered without what its filters need')
  return around
}

function isAround(value: unknown): value is Around {
  return typeof value === 'object' && value !== null && 'hashtag' in value && 'timeZone' in value
}

function textOf(value: unknown): string {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : ''
}

function countOf(said: unknown, otherwise: number): number {
  return typeof said === 'number' && said >= 1 ? Math.min(Math.floor(said), MOST) : otherwise
}

const words = new Intl.Segmenter(undefined, { granularity: 'word' })

/** A text of at most so many words, never cut inside an address. */
function ofWords(text: string, most: number): string {
  let end = 0
  let count = 0
  for (const { index, segment, isWordLike } of words.segment(text)) {
    if (isWordLike !== true) continue
    if (count++ === most) return withEllipsis(text.slice(0, outsideAddress(text, end)))
    end = index + segment.length
  }
  return text
}

/** Where the address, mention or hashtag begins that `at` lies within; else `at` itself. */
function outsideAddress(text: string, at: number): number {
  let start = at
  while (start > 0 && /\S/.test(text[start - 1] ?? '')) start--
  const token = /^\S*/.exec(text.slice(start, at + 300))?.[0] ?? ''
  const cuts = start + token.length > at && /:\/\/|@|#|\w[./]\w/.test(token)
  return cuts ? start : at
}
