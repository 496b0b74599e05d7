/** Nobody reads a hashtag of more UTF-16 units; some servers set no limit. */
const LONGEST_NAME = 1_000

/**
 * A name as a CMS has it («États-Unis», «C++») spelled as one hashtag without `#`, before a platform has its say; ''
 * where nothing is left. Composed (NFKC); «+» after a letter or digit is the word Plus, «#» after a letter the word
 * Sharp, other signs separate words; one word stays as written, several get a capital each.
 */
export function spell(name: string): string {
  if (name.length > LONGEST_NAME) return ''
  const words = name
    .normalize('NFKC')
    .replace(/^[\s#]+/u, '')
    .replace(/(?<=[\p{L}\p{M}\p{Nd}]\+*)\+/gu, ' Plus ')
    .replace(/(?<=[\p{L}\p{M}])#/gu, ' Sharp ')
    .split(/(?:(?!(?<=\p{L})·(?=\p{L}))[^\p{L}\p{M}\p{Nd}_])+/u)
    .filter((word) => word !== '')
  return words.length > 1 ? words.map(capitalized).join('') : (words[0] ?? '')
}

function capitalized(word: string): string {
  const [first = ''] = word
  return first.toUpperCase() + word.slice(first.length)
}
