import fc from 'fast-check'
import { expect, test } from 'vitest'
import { articleOf, draftOf, ids } from './shipped.ts'

const segmenter = new Intl.Segmenter()

/** What articles are made of, the awkward parts above all. */
const piece = fc.constantFrom(
  'le pont',
  'rouvre',
  'lundi.',
  'Oui\u00a0!',
  '«\u00a0bonjour\u00a0»',
  '(Loire)',
  'l’avenue,',
  '\u201cmot\u201d',
  '👨‍👩‍👧‍👦',
  '🇫🇷🇪🇺',
  '👩🏽‍🚀',
  'e\u0301\u0323',
  'क्षत्रिय',
  'مرحبا بالعالم',
  '東京都の古い橋が月曜日に再開する',
  'สวัสดีชาวโลก',
  'https://exemple.fr/un/chemin?a=b',
  'exemple.org',
  '@bob',
  '@bob@exemple.social',
  '#Loire',
  'a@exemple.fr',
  '<b>',
  '&amp;',
  '{{ title }}',
  '\ud83d',
  '\u0000',
  '\u202e',
  '\u200f\u200f',
  '\u2060',
  '\t',
  '\n\n',
  'a'.repeat(90),
  '…',
  '...',
  '—',
)
const words = fc
  .array(fc.tuple(piece, fc.constantFrom(' ', ' ', ' ', '', '\u00a0')), { maxLength: 120 })
  .map((all) => all.flat().join(''))

/** The same without blanks, where no end of a word helps. */
const glued = fc
  .array(piece, { minLength: 60, maxLength: 200 })
  .map((all) => all.join('').replaceAll(' ', ''))

const emoji = fc
  .array(fc.constantFrom('👨‍👩‍👧‍👦', '🇫🇷', '👩🏽‍🚀', 'e\u0301\u0323', '1\ufe0f\u20e3'), {
    minLength: 200,
    maxLength: 400,
  })
  .map((all) => all.join(''))

const article = fc
  .record({
    title: fc.oneof(words, glued, emoji),
    excerpt: fc.option(words),
    credit: fc.option(words),
    tags: fc.array(words, { maxLength: 8 }),
    language: fc.constantFrom('fr', 'en', 'ar', null),
  })
  .map((some) => articleOf(some))

test.each(ids)(
  'whatever an article says, its post fits, is whole and links to it: %s',
  async (id) => {
    await fc.assert(
      fc.asyncProperty(article, async (one) => {
        const { text, facets, count, limit } = await draftOf(id, one)
        expect(count).toBeLessThanOrEqual(limit)
        if (id === 'bluesky') expect(Buffer.byteLength(text)).toBeLessThanOrEqual(3000)
        expect(text.isWellFormed()).toBe(true)
        expect(facets).toContainEqual(expect.objectContaining({ kind: 'link', value: one.url }))
        const length = id === 'bluesky' ? Buffer.byteLength(text) : text.length
        for (const { start, end } of facets) {
          expect(start).toBeLessThan(end)
          expect(end).toBeLessThanOrEqual(length)
        }
      }),
      { numRuns: 150 },
    )
  },
)

test('a shortened title ends between two graphemes of the whole', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(words, glued, emoji), async (some) => {
      const title = some
        .toWellFormed()
        .replace(/[[\p{Cc}\s]--\u00a0]+/gv, ' ')
        .trim()
      const { text } = await draftOf('bluesky', articleOf({ title, excerpt: null }))
      const shown = text.split('\n')[0] ?? ''
      if (shown === title || !title || shown.startsWith('exemple.fr/2026')) return
      expect(shown.endsWith('…')).toBe(true)
      const kept = shown.slice(0, -1)
      expect(title.startsWith(kept)).toBe(true)
      expect(segmenter.segment(title).containing(kept.length)?.index).toBe(kept.length)
      // nothing that leads somewhere is cut in two
      for (const whole of [
        'https://exemple.fr/un/chemin?a=b',
        '@bob@exemple.social',
        'exemple.org',
      ]) {
        for (let at = title.indexOf(whole); at !== -1; at = title.indexOf(whole, at + 1)) {
          const inside = kept.length > at && kept.length < at + whole.length
          expect(inside).toBe(false)
        }
      }
    }),
    { numRuns: 300 },
  )
})

// one pattern that backtracks takes minutes over one of these
const endless = [
  'a',
  'a.',
  '@a',
  '(',
  '橋',
  '橋。',
  '\u00a0',
  '!a',
  'https://exemple.fr/(',
  '\n\nUn paragraphe de peu de mots',
  '« ',
]

test.each(endless)('200,000 characters of «%s» are a post before long', async (part) => {
  const text = part.repeat(Math.floor(200_000 / part.length))
  const article = articleOf({ title: text, excerpt: text, credit: text, tags: [text] })
  for (const id of ids) {
    const { count, limit } = await draftOf(id, article)
    expect(count).toBeLessThanOrEqual(limit)
  }
})
