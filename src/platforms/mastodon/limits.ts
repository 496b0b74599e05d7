import type { Limits } from '../platform.ts'

/** A plain Mastodon's (Mastodon, status_length_validator.rb); every instance says its own. */
export const limits: Limits = { text: 500, link: 23, images: 4, alt: 1500 }
