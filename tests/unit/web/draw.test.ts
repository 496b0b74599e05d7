import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PlatformId } from '../../../src/platforms/platform.ts'
import type { Facet } from '../../../src/posts/post.ts'
import { draw, type Run } from '../../../src/web/draw.ts'

/** The tree on one line: `[bold:[link:a]b]c`. */
const told = (runs: readonly Run[]): string =>
  runs
    .map((run) => (typeof run === 'string' ? run : `[${run.facet.kind}:${told(run.runs)}]`))
    .join('')
const textIn = (runs: readonly Run[]): string =>
  runs.map((run) => (typeof run === 'string' ? run : textIn(run.runs))).join('')

const drawn = (text: string, facets: Facet[], platform: PlatformId = 'telegram') =>
  told(draw({ text, facets }, platform))
const over = (kind: Facet['kind'], start: number, end: number): Facet => ({ kind, start, end })

test('a text without facets is one run', () => {
  expect(drawn('Le canal rouvre', [])).toBe('Le canal rouvre')
  expect(drawn('', [])).toBe('')
})

test('facets stand where they are, in whatever order they come', () => {
  expect(drawn('Titre et lien', [over('link', 9, 13), over('bold', 0, 5)])).toBe(
    '[bold:Titre] et [link:lien]',
  )
})

test('facets nest, the longest outermost', () => {
  expect(drawn('abc', [over('link', 0, 2), over('bold', 0, 3), over('italic', 1, 2)])).toBe(
    '[bold:[link:a[italic:b]]c]',
  )
})

test('facets that overlap are cut so that they nest', () => {
  expect(drawn('abcd', [over('bold', 0, 3), over('italic', 2, 4)])).toBe(
    '[bold:ab[italic:c]][italic:d]',
  )
})

test('a link never holds a link or a hashtag', () => {
  expect(drawn('voir #canal ici', [over('link', 0, 15), over('hashtag', 5, 11)])).toBe(
    '[link:voir #canal ici]',
  )
  expect(drawn('abcd', [over('link', 0, 3), over('hashtag', 2, 4)])).toBe('[link:abc]d')
})

test('Telegram and Mastodon count UTF-16 units, Bluesky bytes of UTF-8', () => {
  const text = '🇫🇷 Fête du été #été'
  const at = text.indexOf('#')
  const unit = over('hashtag', at, text.length)
  const byte = over('hashtag', Buffer.byteLength(text.slice(0, at)), Buffer.byteLength(text))
  const expected = '🇫🇷 Fête du été [hashtag:#été]'
  expect(drawn(text, [unit], 'telegram')).toBe(expected)
  expect(drawn(text, [unit], 'mastodon')).toBe(expected)
  expect(drawn(text, [byte], 'bluesky')).toBe(expected)
})

test('Arabic keeps its order: runs follow the text as it is stored', () => {
  const text = 'القناة مفتوحة'
  expect(drawn(text, [over('bold', 0, 12)], 'bluesky')).toBe('[bold:القناة] مفتوحة')
})

test.each<[string, PlatformId, Facet]>([
  ['cuts an emoji in two', 'telegram', over('bold', 0, 1)],
  ['cuts a letter of two bytes', 'bluesky', over('bold', 0, 1)],
  ['ends past the text', 'telegram', over('bold', 0, 99)],
  ['is empty', 'telegram', over('bold', 2, 2)],
  ['runs backwards', 'telegram', over('bold', 2, 0)],
  ['starts before the text', 'mastodon', over('bold', -1, 2)],
])('a facet that %s is left out', (_what, platform, facet) => {
  const text = platform === 'bluesky' ? 'été' : '🎈 ok'
  expect(drawn(text, [facet], platform)).toBe(text)
})

test('whatever the facets, the text is whole and no character is cut', () => {
  const facet = fc.record({
    kind: fc.constantFrom('link' as const, 'hashtag' as const, 'bold' as const, 'pre' as const),
    start: fc.integer({ min: -2, max: 40 }),
    end: fc.integer({ min: -2, max: 40 }),
  })
  const platform = fc.constantFrom<PlatformId>('telegram', 'bluesky', 'mastodon')
  const text = fc.string({ unit: 'binary', maxLength: 30 })
  fc.assert(
    fc.property(text, fc.array(facet), platform, (words, facets, id) => {
      const runs = draw({ text: words, facets }, id)
      expect(textIn(runs)).toBe(words)
      const isWhole = (run: Run): boolean =>
        typeof run === 'string' ? run.isWellFormed() && run !== '' : run.runs.every(isWhole)
      expect(runs.every(isWhole)).toBe(true)
    }),
  )
})
