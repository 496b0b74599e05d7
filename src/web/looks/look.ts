import type { Words } from '../../locale/words.ts'
import type { Draft } from '../../posts/post.ts'

/** Who a platform says a post is by. */
export interface Author {
  /** What readers see in bold. */
  display: string
  /** `@channel`, handle, `@user@host`; a private channel's title. */
  handle: string
  /** For the circle where a picture would be. */
  initial: string
}

/** A moment for machines and in words. */
export interface Moment {
  iso: string
  date: string
  time: string
}

/**
 * What a browser is given for the picture at an address: where to get it, or the picture itself (`data:`). Null where
 * it is not to be shown: whoever serves a picture learns who looks.
 */
export type PictureAt = (url: string) => string | null

/** One part of a post, ready to be drawn. `at` is null where it has not gone out. */
export interface Look {
  draft: Draft
  author: Author
  at: Moment | null
  words: Words
  pictureAt: PictureAt
}
