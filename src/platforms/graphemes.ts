const segmenter = new Intl.Segmenter()

/**
 * How many graphemes a server may count: where newer Unicode joins the consonants of an Indic conjunct (rule GB9c
 * of UAX 29, since 15.1) older servers count each, so each is counted.
 */
export function graphemesOf(text: string): number {
  let count = 0
  for (const { segment } of segmenter.segment(text)) {
    count += 1
    if (segment.length > 2) count += segment.match(CONJUNCT)?.length ?? 0
  }
  return count
}

/** A letter after a mark in one grapheme; Thai and Lao SARA AM are letters that were always joined. */
const CONJUNCT = /(?<=[\p{M}\u200d])(?![\u0e33\u0eb3])\p{Lo}/gu
