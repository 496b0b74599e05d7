import type { FilterImplOptions } from 'liquidjs'
import { endOf, shortened } from './cut.ts'

/** How one platform spells a name as a hashtag (without `#`), or null where it has none for it. */
export type Spell = (name: string) => string | null

/** Where a rendering keeps its `Spell`: a symbol, since templates can name every string. */
export const SPELL = Symbol('spell')

/** Characters of a link that are shown where a template does not say how many; as many as Mastodon shows. */
const SHOWN = 30

/**
 * What templates can do besides Liquid's own filters:
 * - `hashtags`, or `hashtags: 3` for that many at most: a list of names → its valid hashtags with blanks between,
 *   each spelling once;
 * - `short_link`, or `short_link: 40`: an address → what readers may be shown of it, at most so many characters;
 * - `truncate: 80`: a text of at most so many graphemes (50 unless told), cut as `fit` cuts, for what is not elastic;
 * - `escape`: values are escaped as it is, so asking for it does not escape twice.
 */
export const filters: Readonly<Record<string, FilterImplOptions>> = {
  hashtags: {
    raw: true,
    handler(names: unknown, most: unknown) {
      const spell: unknown = Reflect.get(this.context.globals, SPELL)
      if (typeof spell !== 'function') return ''
      const found = new Map<string, string>()
      for (const name of Array.isArray(names) ? names : [names]) {
        if (typeof name !== 'string') continue
        const tag: unknown = Reflect.apply(spell, undefined, [name])
        const key = typeof tag === 'string' ? tag.toLowerCase() : ''
        if (typeof tag === 'string' && !found.has(key)) found.set(key, tag)
      }
      const tags = [...found.values()].slice(0, typeof most === 'number' ? most : undefined)
      return tags.map((tag) => `<hashtag>${escaped(tag)}</hashtag>`).join(' ')
    },
  },
  short_link: (address: unknown, most: unknown) =>
    shortLink(textOf(address), typeof most === 'number' ? most : SHOWN),
  truncate: (text: unknown, most: unknown) =>
    shortened(textOf(text), typeof most === 'number' ? most : 50),
  escape: { raw: true, handler: (value: unknown) => escaped(textOf(value)) },
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Host and path without scheme and `www.`, cut with «…» where longer than `most`. */
function shortLink(address: string, most: number): string {
  if (!URL.canParse(address)) return address
  const { host, pathname, search } = new URL(address)
  const path = `${readable(pathname)}${search}`.replace(/\/$/, '')
  const shown = `${host.replace(/^www\./, '')}${path}`
  return endOf(shown, most) === shown.length ? shown : `${shown.slice(0, endOf(shown, most - 1))}…`
}

/** A path as people write it, where it decodes to nothing but letters, digits and the usual signs. */
function readable(path: string): string {
  try {
    const decoded = decodeURIComponent(path)
    return /^[\p{L}\p{N}\p{M}/._~-]*$/u.test(decoded) ? decoded.normalize('NFC') : path
  } catch {
    return path
  }
}
