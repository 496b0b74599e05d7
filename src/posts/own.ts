import type { Article } from '../articles/article.ts'
import type { Segment } from './post.ts'
import { plain } from './segments.ts'
import { shortLink } from './template/short-link.ts'

/**
 * An article's own words for one platform: elastic text, no markup. The article's address in it is a link that is
 * never cut, shown short where `fits` says that the words as they are do not fit; where it is not among them it
 * stands below.
 */
export function ownWords(
  words: string,
  url: string,
  fits: (segments: Segment[]) => boolean,
): Segment[] {
  const text = plain(words).trim()
  const places = [...placesOf(text, url)]
  if (places.length === 0) return withLink(text, url)
  const written = (show: (address: string) => string) => {
    const segments: Segment[] = []
    let from = 0
    for (const { start, end } of places) {
      segments.push({ text: text.slice(from, start), fit: 1 })
      segments.push({ text: show(text.slice(start, end)), link: url })
      from = end
    }
    return [...segments, { text: text.slice(from), fit: 1 }]
  }
  const whole = written((address) => address)
  return fits(whole) ? whole : written((address) => shortLink(address))
}

/** What goes out where a template fails: title and link. */
export function plainWords({ title, url }: Pick<Article, 'title' | 'url'>): Segment[] {
  return withLink(plain(title).trim(), url)
}

function withLink(text: string, url: string): Segment[] {
  const link = { text: shortLink(url), link: url }
  return text === '' ? [link] : [{ text, fit: 1 }, { text: '\n\n' }, link]
}

/** Where a text has an address, with or without a slash at its end, as a word of its own. */
function* placesOf(text: string, url: string): Generator<{ start: number; end: number }> {
  const address = url.replace(/\/$/, '')
  for (let at = text.indexOf(address); at !== -1; at = text.indexOf(address, at + 1)) {
    const end = at + address.length + (text[at + address.length] === '/' ? 1 : 0)
    const goesOn = /^[.,;:!?]*[\p{L}\p{M}\p{N}/_\-~%?#&=+@]/u.test(text.slice(end, end + 20))
    if (!goesOn && !/[\p{L}\p{N}/=]/u.test(text[at - 1] ?? '')) yield { start: at, end }
  }
}
