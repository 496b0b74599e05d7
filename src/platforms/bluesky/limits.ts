import type { Limits } from '../platform.ts'

/** Lexicon app.bsky.feed.post: graphemes and bytes of UTF-8. The same for every account. */
export const limits: Limits = { text: 300, bytes: 3000, images: 4 }
