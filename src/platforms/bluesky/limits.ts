import type { Limits } from '../platform.ts'

/**
 * Lexicons app.bsky.feed.post (graphemes, and bytes of UTF-8) and app.bsky.embed.images. Of descriptions servers take
 * any, apps show about so many characters. The same for every account.
 */
export const limits: Limits = { text: 300, bytes: 3000, images: 4, alt: 2000 }
