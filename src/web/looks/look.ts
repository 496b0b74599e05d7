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

/** Whether a browser may be sent to an address for a picture: whoever serves it learns who looks. */
export type MayShow = (url: string) => boolean

/** One part of a post, ready to be drawn. `at` is null where it has not gone out. */
export interface Look {
  draft: Draft
  author: Author
  at: Moment | null
  words: Words
  mayShow: MayShow
}
