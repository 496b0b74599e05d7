import type { Article } from '../articles/article.ts'
import type { Segment } from './post.ts'
import type { Settings } from './template/front.ts'
import { placesOf } from './fit/address.ts'
import { plain } from './segments.ts'
import { shortLink } from './template/short-link.ts'

/**
 * An article's own words for one platform: elastic text, no markup. The article's address in it is a link that is
 * never cut, shown short where `fits` says that the words as they are do not fit; where it is not among them it
 * stands below. Where the template goes on in further parts they are no elastic text, and go on too.
 */
export function ownWords(
  words: string,
  url: string,
  { thread, fits }: Pick<Settings, 'thread'> & { fits(segments: Segment[]): boolean },
): Segment[] {
  const text = plain(words).trim()
  const places = [...placesOf(text, url)]
  if (thread !== false) return places.length === 0 ? withLink({ text }, url) : [{ text }]
  if (places.length === 0) return withLink({ text, fit: 1 }, url)
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
  return withLink({ text: plain(title).trim(), fit: 1 }, url)
}

function withLink(words: Segment, url: string): Segment[] {
  const link = { text: shortLink(url), link: url }
  return words.text === '' ? [link] : [words, { text: '\n\n' }, link]
}
