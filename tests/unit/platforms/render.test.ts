import { describe, expect, test } from 'vitest'
import { platforms } from '../../../src/platforms/registry.ts'
import { type Image, ordinary, type Part, type Segment } from '../../../src/posts/post.ts'

const card = {
  url: 'https://town.example/a',
  title: 'A',
  description: '',
  image: null,
  above: false,
}
const picture = (number: number, alt: string | null = `Picture ${number}`): Image => {
  return { url: `https://town.example/${number}.jpg`, alt }
}
const many = [1, 2, 3, 4, 5, 6].map((number) => picture(number))
const part = (text: string | Segment[], more: Partial<Part> = {}): Part => ({
  segments: typeof text === 'string' ? [{ text }] : text,
  card,
  images: [],
  manner: ordinary,
  language: 'en',
  warnings: [],
  ...more,
})
const { telegram, bluesky, mastodon } = platforms

describe('pictures', () => {
  test.for([
    ['telegram', 1],
    ['bluesky', 4],
    ['mastodon', 4],
  ] as const)('%s takes the first %i', ([id, most]) => {
    const { render, limits } = platforms[id]
    expect(render(part('News', { images: many }), limits).images).toEqual(many.slice(0, most))
  })

  test('an instance may take more', () => {
    const { images } = mastodon.render(part('News', { images: many }), {
      ...mastodon.limits,
      images: 8,
    })
    expect(images).toHaveLength(6)
  })

  test.for([
    [1024, 1, 1024],
    [1025, 0, 4096],
  ] as const)('a text of %i goes under a photo of Telegram: %i', ([length, count, limit]) => {
    // code points count, not UTF-16 units
    const draft = telegram.render(part('🎺'.repeat(length), { images: many }), telegram.limits)
    expect([draft.images.length, draft.count, draft.limit]).toEqual([count, length, limit])
    expect(draft.card).toEqual(card)
  })

  test('Bluesky keeps its card for where no picture can be had, Mastodon makes none beside any', () => {
    const own = part('News', { images: many })
    expect(bluesky.render(own, bluesky.limits).card).toEqual(card)
    expect(mastodon.render(own, mastodon.limits).card).toBeNull()
    expect(mastodon.render(part('https://exemple.fr/a'), mastodon.limits).card).toEqual(card)
  })

  test('a description is cut at a word, in what the server counts', () => {
    const alt = (text: string | null, longest: number) =>
      mastodon.render(part('News', { images: [picture(1, text)] }), {
        ...mastodon.limits,
        alt: longest,
      }).images[0]?.alt
    expect(alt('A bridge over the river', 23)).toBe('A bridge over the river')
    expect(alt('A bridge over the river', 20)).toBe('A bridge over the…')
    expect(alt('A bridge, over the river', 12)).toBe('A bridge…')
    expect(alt('👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 13)).toBe('👩‍👩‍👧‍👦…')
    expect(alt('é'.repeat(2000), 1500)).toBe(`${'é'.repeat(1499)}…`)
    expect(alt(null, 10)).toBeNull()
  })

  test('nobody is warned about a picture that stays behind', () => {
    const warnings = many.map(({ url }) => ({ kind: 'no-alt' as const, about: url }))
    const count = ({ render, limits }: typeof telegram) =>
      render(part('News', { images: many, warnings }), limits).warnings.length
    expect([count(telegram), count(bluesky), count(mastodon)]).toEqual([0, 4, 4])
  })
})

describe('a name that the template means', () => {
  const name = '@fanfare@town.example'
  const segments: Segment[] = [
    { text: 'By @stranger and ' },
    { text: name, mention: name },
    { text: ': 🎺' },
  ]

  test.for(['telegram', 'bluesky', 'mastodon'] as const)('stands as it is on %s', (id) => {
    const { render, limits } = platforms[id]
    const { text, facets } = render(part(segments), limits)
    const guarded = id === 'bluesky' ? '@stranger' : '@\u2060stranger'
    expect(text).toBe(`By ${guarded} and ${name}: 🎺`)
    const before = text.slice(0, text.indexOf(name))
    const start = id === 'bluesky' ? Buffer.byteLength(before) : before.length
    expect(facets).toEqual([{ kind: 'mention', start, end: start + name.length, value: name }])
  })

  test('costs its local part on Mastodon, the warning as written', () => {
    const local = '@fanfare'
    const { count } = mastodon.render(
      part([{ text: name, mention: name }], { manner: { ...ordinary, contentWarning: 'Loud' } }),
      mastodon.limits,
    )
    expect(count).toBe(local.length + 'Loud'.length)
  })

  test('is told from the words around it', () => {
    const { text } = mastodon.render(
      part([{ text: 'Avec' }, { text: '@fanfare', mention: '@fanfare' }, { text: 's’amuse' }]),
      mastodon.limits,
    )
    expect(text).toBe('Avec @fanfare s’amuse')
  })
})
