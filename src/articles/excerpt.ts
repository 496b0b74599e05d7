import { folded } from './text.ts'

/** Where an automatic excerpt stops: «[…]», «...», «Lire la suite». */
const cutMark = /\s*(?:\[\s*(?:…|\.{3})\s*\]|…|\.{3})\s*$/u
const bracketMark = /\[\s*(?:…|\.{3})\s*\]\s*$/u
/** How many letters of the beginning must come again for an excerpt to be a copy of it. */
const telling = 40
/** How long the first sentences may be together, in characters. */
const excerptLength = 300
/** From here on the next paragraph is not begun. */
const enough = 100
/** No more than this is ever parted into sentences: the segmenter is slow on long texts. */
const segmented = 3000
/** «M. Dupont»: a full stop that ends no sentence. */
const abbreviation =
  /(?:^|[\s(«])(?:\p{Lu}|MM|Mme|Mlle|Mgr|Dr|Pr|St|Ste|Mr|Mrs|Ms|cf|art|vol|av|env|etc|n°|p|vs)\.\s*$/u

/**
 * The first candidate that somebody wrote by hand: not a cut of the text, neither as we cleaned it nor as the site
 * shows it with its share bars.
 */
export function handWritten(
  candidates: readonly (string | null)[],
  texts: readonly (string | null)[],
): string | null {
  const beginnings = texts.map((text) => folded((text ?? '').slice(0, 20_000))).filter(Boolean)
  const found = candidates.find((candidate) => candidate && !isCut(candidate, beginnings))
  return found ?? null
}

function isCut(candidate: string, texts: readonly string[]): boolean {
  if (bracketMark.test(candidate)) return true
  const stem = folded(candidate.replace(cutMark, ''))
  if (!stem) return true
  return texts.some(
    (text) =>
      text.startsWith(stem) ||
      (text.length >= telling && stem.includes(text.slice(0, telling))) ||
      (text.length < telling && text.length > 10 && stem.includes(text)),
  )
}

/**
 * The first sentences of a text, never cut in the middle of one: about 300 characters of its first paragraph, and of
 * the next where that is short.
 */
export function firstSentences(text: string | null, language: string | null): string | null {
  let excerpt = ''
  for (const paragraph of (text ?? '').slice(0, segmented).split('\n\n')) {
    for (const sentence of sentencesOf(paragraph, language)) {
      const longer = excerpt ? `${excerpt} ${sentence}` : sentence
      if (excerpt && longer.length > excerptLength) return excerpt
      excerpt = longer
    }
    if (excerpt.length >= enough) return excerpt
  }
  return excerpt || null
}

/** The first sentence of a text and the rest: what stands for the title of an article that has none. */
export function parted(text: string | null, language: string | null) {
  const [first = null] = sentencesOf(
    (text ?? '').slice(0, segmented).split('\n\n')[0] ?? '',
    language,
  )
  return { first, rest: first === null ? text : (text ?? '').slice(first.length).trim() || null }
}

function sentencesOf(paragraph: string, language: string | null): string[] {
  const segmenter = new Intl.Segmenter(language ?? 'en', { granularity: 'sentence' })
  const sentences: string[] = []
  for (const { segment } of segmenter.segment(paragraph)) {
    const before = sentences.at(-1)
    if (before !== undefined && abbreviation.test(before))
      sentences.push(`${sentences.pop()}${segment}`)
    else sentences.push(segment)
  }
  return sentences.map((sentence) => sentence.trim()).filter(Boolean)
}
