import type { PlatformId } from '../platforms/platform.ts'

/** A picture as the site serves it. `alt` is the site's own description, never invented. */
export interface Picture {
  url: string
  alt: string | null
}

/**
 * What a site published, as templates may use it: plain text, entities decoded once, no markup.
 * Paragraphs of `content` and `preface` are separated by a blank line.
 */
export interface Article {
  /** Canonical address. */
  url: string
  title: string
  /** The site's hand-written excerpt, else the first sentences of the body. */
  excerpt: string | null
  /** The editor's or translator's words before the text. */
  preface: string | null
  content: string | null
  /** Where the text was taken from: «TASS». */
  credit: string | null
  image: Picture | null
  /** Every picture a post could carry: `image` first, then those in the text, each once. */
  images: Picture[]
  categories: string[]
  tags: string[]
  authors: string[]
  /** BCP 47: the text decides where it is long enough, else what the source declares. */
  language: string | null
  /** ISO 8601, UTC. */
  publishedAt: string | null
  updatedAt: string | null
  /** Own words for one platform, in place of what its template would write. */
  posts: Partial<Record<PlatformId, string>>
}
