import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emoji, glued, words } from './generated.ts'
import { articleOf, draftOf, ids } from './shipped.ts'

const segmenter = new Intl.Segmenter()

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
      const { text } = await draftOf('bluesky', articleOf({ title, excerpt: null, language: 'en' }))
      const shown = text.split('\n')[0] ?? ''
      if (shown === title || !title || shown.startsWith('exemple.fr/2026')) return
      expect(shown.endsWith('…')).toBe(true)
      const kept = shown.slice(0, -1)
      expect(title.startsWith(kept)).toBe(true)
      expect(kept).not.toMatch(/[\s.,;:…–—\-([{«“„‘‹¿¡]$/u)
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
