import { spell } from '../hashtag.ts'

/** Letters and decimal digits, `_`, `·`, at least one letter, at most 256; marks end one (TDLib, match_hashtags). */
export function hashtag(name: string): string | null {
  const tag = spell(name)
  return /^[\p{L}\p{Nd}_·]{1,256}$/u.test(tag) && /\p{L}/u.test(tag) ? tag : null
}
