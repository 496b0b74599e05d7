import { describe, expect, test } from 'vitest'
import { previewLines } from '../../../src/cli/preview-lines.ts'
import { wrapped } from '../../../src/cli/wrap.ts'
import type { PostPreview } from '../../../src/deliveries/preview.ts'
import { wordsOf } from '../../../src/locale/words.ts'
import { type Draft, ordinary } from '../../../src/posts/post.ts'
import { blankArticle } from '../../support/newsroom.ts'

const url = 'https://journal.example/2026/02/canal/'
const article = { ...blankArticle, url, title: 'Le canal rouvre' }
const out = { write: () => true }
const terminal = { write: () => true, isTTY: true, columns: 80 }

const draft = (more: Partial<Draft> = {}): Draft => ({
  text: 'Le canal rouvre\n\nLire l’article',
  facets: [{ kind: 'link', start: 17, end: 31, value: url }],
  count: 31,
  limit: 500,
  language: 'fr',
  card: null,
  images: [],
  manner: ordinary,
  warnings: [],
  ...more,
})
const post = (parts: Draft[], more: Partial<PostPreview> = {}): PostPreview => {
  const [first = draft()] = parts
  const { text, count, limit, language, card, images } = first
  const shown = { text, count, limit, language, card, images }
  return { account: 'mastodon', platform: 'mastodon', ...shown, parts, warnings: [], ...more }
}
const lines = (one: PostPreview) => previewLines({ article, posts: [one] }, wordsOf('en'), out)

describe('a preview in the terminal', () => {
  test('says text, length, language, and where a named link leads', () => {
    expect(lines(post([draft()]))).toEqual([
      'Le canal rouvre',
      url,
      '',
      'mastodon  31 / 500  Language: fr',
      '  Le canal rouvre',
      '',
      '  Lire l’article',
      `  → Lire l’article  ${url}`,
    ])
  })

  test('finds the words of a link in bytes where its platform counts so', () => {
    const facets: Draft['facets'] = [{ kind: 'link', start: 3, end: 7, value: url }]
    const bluesky = { account: 'a', platform: 'bluesky' } as const
    expect(lines(post([draft({ text: 'à lié', facets })], bluesky))).toContain(`  → lié  ${url}`)
  })

  test('says card, or pictures in its place, each with its description', () => {
    const image = { url: `${url}a.jpg`, alt: 'Une écluse' }
    const card = { url, title: 'Titre', description: 'Suite', image, above: false }
    expect(lines(post([draft({ card })])).slice(-4)).toEqual([
      '  Card      Titre',
      '            Suite',
      `            ${url}`,
      `  Picture   ${url}a.jpg`,
    ])
    const images = [image, { url: `${url}b.jpg`, alt: null }]
    expect(lines(post([draft({ card, images })])).slice(-4)).toEqual([
      '  Image 1   Une écluse',
      `            ${url}a.jpg`,
      '  Image 2   No description',
      `            ${url}b.jpg`,
    ])
  })

  test('of a thread each part has its number and length', () => {
    const text = lines(post([draft(), draft({ text: 'Suite', facets: [], count: 5 })])).join('\n')
    expect(text).toContain('Part 1 of 2  31 / 500')
    expect(text).toContain('Part 2 of 2  5 / 500\n  Suite')
  })

  test('says how it goes out, and what to know', () => {
    const manner = { visibility: 'unlisted', contentWarning: 'Crue', silent: true } as const
    const said = lines(post([draft({ manner })], { warnings: [{ kind: 'shortened' }] }))
    expect(said[3]).toContain('Unlisted')
    expect(said[3]).toContain('Silent')
    expect(said).toContain('  ! Content warning: Crue')
    expect(said.at(-1)).toBe('  ! Shortened to fit.')
  })

  test('says for which place no link can be made', () => {
    const email = 'mailto:?subject=a&body=b'
    const told = previewLines({ article, posts: [], share: { email } }, wordsOf('en'), out)
    expect(told.slice(3)).toEqual([
      'Share elsewhere',
      `  E-mail    ${email}`,
      '  No link for Facebook, X, WhatsApp: the article’s address is too long.',
    ])
  })

  test('keeps what acts on a terminal out of it', () => {
    const text = lines(post([draft({ text: 'a\u001b[31mb\u202ec', facets: [] })])).join('\n')
    expect(text).toContain('a [31mb c')
  })

  test('fits a terminal of 80 columns', () => {
    const text = 'Une péniche a franchi l’écluse ce matin, et toute la ville était là. '.repeat(9)
    const long = previewLines(
      { article, posts: [post([draft({ text })])] },
      wordsOf('fr'),
      terminal,
    )
    for (const line of long) expect(line.length).toBeLessThanOrEqual(90)
    expect(long.join(' ').split('péniche')).toHaveLength(10)
  })
})

test.each([
  ['one two three', 7, ['one two', 'three']],
  ['', 7, ['']],
  ['unbreakable https://journal.example/', 12, ['unbreakable', 'https://journal.example/']],
  ['日本語 日本語', 7, ['日本語', '日本語']],
  ['« non »', 4, ['« non »']],
] as const)('%j in %i columns', (line, columns, expected) => {
  expect(wrapped(line.replace(/(?<=«) | (?=»)/g, '\u00a0'), columns)).toEqual(
    expected.map((one) => one.replace(/(?<=«) | (?=»)/g, '\u00a0')),
  )
})
