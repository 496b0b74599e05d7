import type { Article } from '../articles/article.ts'
import { shortened } from './fit/cut.ts'
import type { Card } from './post.ts'
import { typographic } from './template/typography.ts'

/** Graphemes of a title or description; longer ones are cut by the apps themselves, somewhere. */
const MOST = 300

/**
 * The box that shows where a post's link leads. Title and description are plain text of at most 300 graphemes; no
 * template writes them, so French ones get their typography here.
 */
export function cardOf({ url, title, excerpt, image, language }: Article): Card {
  const written = language?.startsWith('fr') === true ? typographic : (text: string) => text
  return {
    url,
    title: written(brief(title)),
    description: written(brief(excerpt ?? '')),
    image: image && { url: image.url, alt: image.alt ?? '' },
    above: false,
  }
}

function brief(text: string): string {
  // far more than can be kept, since counting the whole of a long text takes a while
  const start = text.slice(0, MOST * 100).toWellFormed()
  return shortened(
    start
      .replace(/[\n\t\r ]+/g, ' ')
      .replace(/\p{Cc}/gu, '')
      .trim(),
    MOST,
  )
}
