import { isOpening, withEllipsis } from './ending.ts'

const graphemes = new Intl.Segmenter()
const words = new Intl.Segmenter(undefined, { granularity: 'word' })
const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' })

/** How far behind a cut we look for what it would cut through. */
const AHEAD = 300
/** How far before a cut we look for the end of a sentence: parting 60,000 characters into sentences takes a while. */
const BACK = 4000

/** The number of graphemes, by the rules of this machine's Unicode. */
export function lengthOf(text: string): number {
  return [...graphemes.segment(text)].length
}

/** Where the first `most` graphemes of a text end. */
export function endOf(text: string, most: number): number {
  let end = 0
  let count = 0
  for (const { index, segment } of graphemes.segment(text)) {
    if (count++ === most) return end
    end = index + segment.length
  }
  return end
}

/** The nearest place at or before `at` that is not inside a grapheme. In UTF-16 units, as everything here. */
export function graphemeAt(text: string, at: number): number {
  return at >= text.length ? text.length : (graphemes.segment(text).containing(at)?.index ?? 0)
}

/**
 * Where a text that may keep `most` units is best cut: at the end of a sentence, else of a word, where that keeps at
 * least half; else at a grapheme. Never inside an address, a mention or a hashtag.
 */
export function placeToCut(text: string, most: number): number {
  const word = wordEnd(text, most)
  const sentence = sentenceEnd(text, word)
  return graphemeAt(text, sentence * 2 >= most ? sentence : word)
}

/**
 * Where a text that goes on elsewhere is best parted, having room for `most` units: at the end of a paragraph where
 * that keeps half, else of a line or sentence where that keeps a quarter, else of a word, else at a grapheme. Not
 * behind what opens, nor inside an address, a mention or a hashtag.
 */
export function placeToPart(text: string, most: number): number {
  const paragraph = text.lastIndexOf('\n\n', most)
  if (paragraph * 2 >= most) return paragraph
  const word = wordEnd(text, most)
  const sentence = Math.max(sentenceEnd(text, word), text.lastIndexOf('\n', word))
  const place = graphemeAt(text, sentence * 4 >= most ? sentence : word)
  let end = place
  while (end > 0 && (isOpening(text, end - 1) || /\s/.test(text[end - 1] ?? ''))) end--
  return end === 0 ? place : end
}

/** A text of at most `most` graphemes. */
export function shortened(text: string, most: number): string {
  if (endOf(text, most) === text.length) return text
  return withEllipsis(text.slice(0, placeToCut(text, endOf(text, most - 1))))
}

function wordEnd(text: string, most: number): number {
  let end = Math.min(most, text.length)
  while (end > 0 && !isBreak(text, end)) end--
  if (end * 2 >= most) return end
  // no blank for long: a script without blanks, or one very long word
  let start = most
  while (start > end && !isStop(text[start - 1])) start--
  const token = text.slice(start, most + AHEAD)
  const address = untouchable(token, most - start)
  if (address !== null) return address === 0 && start === end + 1 ? end : start + address
  const inside = start + (words.segment(token).containing(most - start)?.index ?? 0)
  return inside * 2 >= most ? inside : most
}

/** What ends an address in every script. */
function isStop(unit: string | undefined): boolean {
  return unit === undefined || /[\s、。，「」『』（）！？]/u.test(unit)
}

/** Whether a line could break here: at a blank, but not within «French» or bracketed punctuation. */
function isBreak(text: string, at: number): boolean {
  return isBlank(text[at]) && !/^\s*[!?;:»)\]}%…]/u.test(text.slice(at, at + 8))
}

/** A blank that separates words, which no-break spaces do not. */
function isBlank(unit: string | undefined): boolean {
  return unit !== undefined && /[\s--[\u00a0\u202f\u2007\ufeff]]/v.test(unit)
}

function sentenceEnd(text: string, most: number): number {
  let best = 0
  const from = graphemeAt(text, Math.max(0, most - BACK))
  for (const { index: at } of sentences.segment(text.slice(from, most + AHEAD))) {
    const index = from + at
    if (at === 0) continue
    const before = text.slice(0, index).trimEnd()
    if (before.length > most) break
    // «chemin?a=b» holds no end of a sentence
    const apart = isBlank(text[before.length]) || /[。！？]$/u.test(before)
    if (apart && endsSentence(before)) best = before.length
  }
  return best
}

/** The stop of an abbreviation («M. Durand», «n° 4.») is none. */
function endsSentence(text: string): boolean {
  const end = text.slice(-AHEAD)
  return /(?:[!?…。！？؟।]|[\p{L}\p{N}]{3}[\])»”’"']*\.+)[\s»”’"')\]]*$/u.test(end)
}

/** Where what must not be cut begins, if a cut at `at` within a token without blanks would cut through it. */
function untouchable(token: string, at: number): number | null {
  const stop = token.search(/[\s、。，「」『』（）！？]/u)
  const whole = stop === -1 ? token : token.slice(0, stop)
  const sign =
    /:\/\/|@(?=[\p{L}\p{N}_])|[#＃](?=[\p{L}\p{N}_])|(?<=[\p{L}\p{N}])\.(?=\p{L}{2})/u.exec(whole)
  if (sign === null) return null
  let start = sign.index
  // what stands before the sign belongs to it as far as the script is the same
  if (!/[#＃]/.test(sign[0])) while (start > 0 && isOfAddress(whole[start - 1])) start--
  return start < at ? start : null
}

function isOfAddress(unit: string | undefined): boolean {
  return (
    unit !== undefined &&
    /[[\p{L}\p{N}_.+\-]--[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}]]/v.test(unit)
  )
}
