/** How a run of text is drawn. Platforms without styles leave them out. */
export type Style =
  | 'bold'
  | 'italic'
  | 'underline'
  | 'strikethrough'
  | 'code'
  | 'pre'
  | 'blockquote'
  | 'spoiler'

/**
 * A piece of text with one meaning. `text` is what readers see (a hashtag's includes its `#`).
 * `fit` marks an elastic piece: pieces that share a number are shortened together, the lowest number first.
 */
export interface Segment {
  text: string
  styles?: Style[]
  /** Where the piece leads. Readers see `text`; a platform without named links writes the address. */
  link?: string
  /** The hashtag's name without `#`. */
  hashtag?: string
  /** Who is meant, `@` included: only a template's own word may ping anybody. */
  mention?: string
  fit?: number
}

/** The box under a post that shows where its link leads. */
export interface Card {
  url: string
  title: string
  description: string
  image: { url: string; alt: string } | null
  /** Telegram: it stands above the text. */
  above: boolean
}

/** A picture that goes with a post by itself. `alt` is the site's own description, null where it has none. */
export interface Image {
  url: string
  alt: string | null
}

export type Visibility = 'public' | 'unlisted' | 'private'

/** How a post goes out, besides what it says. Each platform takes what it knows (`Platform.manners`). */
export interface Manner {
  /** Mastodon; `private`: for followers. */
  visibility: Visibility
  /** Mastodon: stands in place of the text until readers open it. */
  contentWarning: string | null
  /** Telegram: subscribers hear no sound. */
  silent: boolean
}

/** As a post goes out where nothing else is said. */
export const ordinary: Manner = { visibility: 'public', contentWarning: null, silent: false }

/** Something a person may want to know about a post that goes out all the same. */
export interface Warning {
  kind:
    | 'shortened'
    | 'left-out'
    // the card goes without its picture
    | 'no-thumbnail'
    // a picture of the post's own stays away
    | 'no-picture'
    // a text too long for a caption goes without its picture
    | 'no-caption'
    // a picture goes out that its site does not describe
    | 'no-alt'
    // of an animation its first picture
    | 'still-picture'
    // a name means nobody there
    | 'no-mention'
    // the platform refused links and styles, or the template failed: plain words went out
    | 'plain'
    | 'template'
    | 'limits-unknown'
    // readers who follow its link find no article
    | 'page-missing'
  /** What it is about, in the article's own words or an address. */
  about?: string
}

/** One part of a post: a single post has one, a thread several. */
export interface Part {
  segments: Segment[]
  card: Card | null
  /** Where a platform takes a card or images, images come first. */
  images: Image[]
  manner: Manner
  /** BCP 47. */
  language: string | null
  warnings: Warning[]
}

/** What an article becomes on one account. Pure data. */
export interface Post {
  parts: Part[]
}

/** What a text costs by a platform's own rule. */
export interface Cost {
  count: number
  limit: number
  /** False when any of the platform's limits (characters, bytes) is passed. */
  fits: boolean
}

/** Where a run of a draft's text has a meaning; `start` and `end` in the platform's own unit, end exclusive. */
export interface Facet {
  kind: 'link' | 'hashtag' | 'mention' | Style
  start: number
  end: number
  /** Address of a link, name of a hashtag; of a mention who is meant, as the platform knows them. */
  value?: string
}

/**
 * One part of a post as it goes over the wire to one platform. Preview and publishing share it,
 * and it is frozen in the ledger at the first attempt, so it is plain JSON.
 */
export interface Draft {
  /** Exactly what readers see. */
  text: string
  /** Telegram: UTF-16 units; Bluesky: UTF-8 bytes; Mastodon: UTF-16 units of what the server will link. */
  facets: Facet[]
  count: number
  limit: number
  language: string | null
  card: Card | null
  /** As many as this platform takes with this text. */
  images: Image[]
  manner: Manner
  warnings: Warning[]
}
