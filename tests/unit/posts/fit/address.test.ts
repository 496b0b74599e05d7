import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Draft } from '../../../../src/posts/post.ts'
import { articleOf, draftsOf } from '../shipped.ts'

const ORIGIN = 'https://exemple.fr/'
const front = (thread: string) => (thread === '' ? '' : `---\nthread: ${thread}\n---\n`)
const threads = ['', 'split', 'numbered']

/** An article's address as sites in other scripts have it. */
const address = fc
  .tuple(
    fc.integer({ min: 100, max: 580 }),
    fc.constantFrom('%D0%B0', '%E6%A9', 'pont-%C3%A9', '東京'),
  )
  .map(([count, piece]) => `${ORIGIN}${piece.repeat(count)}/?a=1&b=2`)

const linksIn = (drafts: readonly Draft[]) =>
  drafts
    .flatMap(({ facets }) => facets)
    .flatMap(({ kind, value }) => (kind === 'link' ? value : []))
const textsOf = (drafts: readonly Draft[]) => drafts.map(({ text }) => text)
const warningsOf = (drafts: readonly Draft[]) =>
  drafts.flatMap(({ warnings }) => warnings.map(({ kind }) => kind))

test.each(threads.flatMap((thread) => [true, false].map((long) => ({ thread, long }))))(
  'an address longer than a part leads there whole, once: “$thread”, long words: $long',
  async ({ thread, long }) => {
    await fc.assert(
      fc.asyncProperty(address, async (url) => {
        const content = 'Le pont rouvre lundi. '.repeat(long && thread !== '' ? 40 : 2)
        const source = `${front(thread)}{{ title }}\n\n{{ content }}\n\n{{ url }}`
        for (const id of ['bluesky', 'telegram'] as const) {
          const drafts = await draftsOf(id, articleOf({ url, content }), { source })
          expect(linksIn(drafts)).toEqual([url])
          expect(warningsOf(drafts)).not.toContain('template')
          for (const { count, limit } of drafts) expect(count).toBeLessThanOrEqual(limit)
        }
      }),
      { numRuns: 15 },
    )
  },
)

test.each(threads)('the address is shown whole while it fits, else short: “%s”', async (thread) => {
  const written = async (length: number) => {
    const url = ORIGIN.padEnd(length, 'a')
    return textsOf(
      await draftsOf('bluesky', articleOf({ url }), { source: `${front(thread)}{{ url }}` }),
    )
  }
  expect(await written(290)).toEqual([ORIGIN.padEnd(290, 'a')])
  expect(await written(301)).toEqual(['exemple.fr/…'])
})

test('the first template of the docs takes any address', async () => {
  const url = `${ORIGIN}${'%D0%B0'.repeat(200)}`
  const drafts = await draftsOf('bluesky', articleOf({ url }), {
    source: '{{ title }}\n\n{{ url }}',
  })
  expect(textsOf(drafts)).toEqual([expect.stringMatching(/^Le pont rouvre lundi\n\nexemple\.fr/)])
  expect(linksIn(drafts)).toEqual([url])
  expect(warningsOf(drafts)).toEqual([])
})

test.each(threads)('another’s address that no part holds is left out: “%s”', async (thread) => {
  const other = `https://ailleurs.example/${'%E6%A9'.repeat(100)}`
  const article = articleOf({ content: `Lire ${other} lundi.` })
  const source = `${front(thread)}{{ content }}\n\n{{ url }}`
  const drafts = await draftsOf('bluesky', article, { source })
  expect(textsOf(drafts)).toEqual([`Lire lundi.\n\n${article.url}`])
  expect(warningsOf(drafts)).toEqual(['left-out'])
})

test('another’s address that a part holds is never parted', async () => {
  const other = `https://ailleurs.example/${'%E6%A9'.repeat(44)}`
  const content = `${'mot '.repeat(40)}(${other}) ${other}`
  const source = '---\nthread: split\n---\n{{ content }}\n\n{{ url }}'
  const drafts = await draftsOf('bluesky', articleOf({ content }), { source })
  expect(linksIn(drafts)).toEqual([other, other, articleOf().url])
})

test('words are counted off outside of an address, however long', async () => {
  const other = `https://ailleurs.example/${'mot-'.repeat(200)}`
  const source = '{{ content | truncate_words: 150 }}\n\n{{ url }}'
  const drafts = await draftsOf('bluesky', articleOf({ content: `Lire ${other}` }), { source })
  expect(textsOf(drafts)).toEqual([`Lire…\n\n${articleOf().url}`])
})
