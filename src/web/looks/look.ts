import type { PlatformId } from '../../platforms/platform.ts'
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

/** One part of a post, ready to be drawn. `at` is null where it has not gone out. */
export interface Look {
  platform: PlatformId
  draft: Draft
  author: Author
  at: Moment | null
}
