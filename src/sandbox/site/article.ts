/** A category or tag of the sample site. */
export interface Term {
  id: number
  /** HTML, as WordPress keeps it. */
  name: string
  /** As it stands in the term's address, not percent-encoded. */
  slug: string
}

/** A picture: one of the JPEGs beside this file. */
export interface Illustration {
  file: 'ecluse.jpg' | 'presse.jpg' | 'nuit.jpg'
  /** Empty where its editor left it so. */
  alt: string
  /** Pixels. */
  width: number
  height: number
}

/** Stands in a body where an editor put `<!--more-->`. */
export const MORE = '<!--more-->'

/** What an editor of the sample site typed. Titles, bodies and excerpts are HTML. */
export interface SiteArticle {
  id: number
  /** Not percent-encoded. */
  slug: string
  title: string
  /** ISO 8601, UTC. */
  publishedAt: string
  category: Term
  tags: Term[]
  /** Paragraphs without their `<p>`; headings, lists, quotations and pictures with their own tags; `MORE`. */
  body: string[]
  /** Hand-written; without it the site cuts one from the text. */
  excerpt?: string
  image?: Illustration
  /** Only readable with a password. */
  protected?: true
}
