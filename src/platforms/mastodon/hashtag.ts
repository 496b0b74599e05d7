import { spell } from '../hashtag.ts'

/** Letters, marks, digits, `_` and an inner `·`, at least one letter, of any length (Mastodon, tag.rb). */
export function hashtag(name: string): string | null {
  const tag = spell(name)
  return /\p{L}/u.test(tag) ? tag : null
}
