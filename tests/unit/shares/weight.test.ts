import { describe, expect, test } from 'vitest'
import { weightOf } from '../../../src/shares/weight.ts'

/** By twitter-text's own rules, config v3. */
const weights: [text: string, weight: number][] = [
  ['', 0],
  ['Le canal rouvre', 15],
  ['É composé, e\u0301 en deux', 20],
  ['« Voilà », dit-il', 17],
  ['“Quoted” – and ‘so’', 19],
  ['Suite…', 7],
  ['€', 2],
  ['日本語', 6],
  ['서울', 4],
  ['Здравствуй', 10],
  ['שלום', 4],
  ['สวัสดี', 6],
  ['a\u202f!', 4],
  ['👍', 2],
  ['👍🏽', 2],
  ['👨‍👩‍👧‍👦', 2],
  ['🇫🇷', 2],
  ['❤️', 2],
  ['1️⃣', 2],
  ['12', 2],
  ['https://example.org', 23],
  ['https://example.org/a/very/long/path/that/goes/on?and=on', 23],
  ['Voir https://example.org/a, et https://example.org/b.', 57],
]

describe('what a text costs on X', () => {
  test.each(weights)('%j', (text, weight) => {
    expect(weightOf(text).count).toBe(weight)
  })

  test('280 fit, one more does not', () => {
    expect(weightOf('a'.repeat(280)).fits).toBe(true)
    expect(weightOf('a'.repeat(281)).fits).toBe(false)
    expect(weightOf('日'.repeat(140)).fits).toBe(true)
    expect(weightOf('日'.repeat(141)).fits).toBe(false)
  })

  test('what may be a link costs as much as one', () => {
    expect(weightOf('example.org').count).toBe(23)
  })
})
