import { linksIn } from '../platforms/mastodon/links.ts'

/** What X counts any link as, and the most it takes (twitter-text, config v3). */
const LINK = 23
const LIMIT = 280

/**
 * What a text costs on X, by the rules of twitter-text (config v3): a character of Latin and most other alphabets 1,
 * any other 2, a whole emoji 2, a link 23, in a composed text (NFC). Where it is open whether X sees a link or an
 * emoji, the larger.
 */
export function weightOf(text: string): { count: number; limit: number; fits: boolean } {
  const composed = text.normalize('NFC')
  let count = 0
  let from = 0
  for (const { start, end, bare } of linksIn(composed)) {
    const written = bare ? weightOfWords(composed.slice(start, end)) : 0
    count += weightOfWords(composed.slice(from, start)) + Math.max(LINK, written)
    from = end
  }
  count += weightOfWords(composed.slice(from))
  return { count, limit: LIMIT, fits: count <= LIMIT }
}

function weightOfWords(text: string): number {
  let weight = 0
  for (const [sign] of text.matchAll(/\p{RGI_Emoji}|./gsv)) weight += isLight(sign) ? 1 : 2
  return weight
}

/** Code points that count 1: up to U+10FF, and the spaces, dashes and quotation marks of general punctuation. */
const light = [
  [0, 0x10ff],
  [0x2000, 0x200d],
  [0x2010, 0x201f],
  [0x2032, 0x2037],
] as const

function isLight(sign: string): boolean {
  const point = sign.codePointAt(0) ?? 0
  const within = light.some(([first, last]) => point >= first && point <= last)
  return within && !/^\p{Extended_Pictographic}|\p{RGI_Emoji}$/v.test(sign)
}
