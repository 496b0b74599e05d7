import { RichText } from '@atproto/api'
import { describe, expect, test } from 'vitest'
import { articleOf, draftOf, ids } from './shipped.ts'

const URL = 'https://www.exemple.fr/2026/11/le-pont-rouvre/'
const EXCERPT = 'Après deux ans de travaux, les cyclistes passent d’abord.'

describe('an article, by the templates that ship', () => {
  const article = articleOf({ credit: 'TASS', tags: ['Ponts de Loire', '2026', 'Vélo'] })

  test('on Telegram', async () => {
    const { text, facets, count, limit, card, language, warnings } = await draftOf(
      'telegram',
      article,
    )
    expect(text).toBe(
      `Le pont rouvre lundi\n\n${EXCERPT}\n\nSource\u00a0: TASS\n\nLire l’article\n\n#PontsDeLoire #Vélo`,
    )
    expect(facets.map(({ start, end, ...one }) => [text.slice(start, end), one])).toEqual([
      ['Le pont rouvre lundi', { kind: 'bold' }],
      ['Source\u00a0: TASS', { kind: 'italic' }],
      ['Lire l’article', { kind: 'link', value: URL }],
      ['#PontsDeLoire', { kind: 'hashtag', value: 'PontsDeLoire' }],
      ['#Vélo', { kind: 'hashtag', value: 'Vélo' }],
    ])
    expect({ count, limit, language, warnings }).toEqual({
      count: text.length,
      limit: 4096,
      language: 'fr',
      warnings: [],
    })
    const { title } = article
    expect(card).toEqual({ url: URL, title, description: EXCERPT, image: null, above: false })
  })

  test('on Bluesky', async () => {
    const { text, facets } = await draftOf('bluesky', article)
    expect(text).toBe(
      `Le pont rouvre lundi\n\n${EXCERPT}\n\nSource\u00a0: TASS\n\nexemple.fr/2026/11/le-pont…\n\n#PontsDeLoire #Vélo`,
    )
    const bytes = Buffer.from(text)
    expect(
      facets.map(({ start, end, ...one }) => [bytes.subarray(start, end).toString(), one]),
    ).toEqual([
      ['exemple.fr/2026/11/le-pont…', { kind: 'link', value: URL }],
      ['#PontsDeLoire', { kind: 'hashtag', value: 'PontsDeLoire' }],
      ['#Vélo', { kind: 'hashtag', value: 'Vélo' }],
    ])
  })

  test('on Mastodon', async () => {
    const { text, facets, count } = await draftOf('mastodon', article)
    expect(text).toBe(
      `Le pont rouvre lundi\n\n${EXCERPT}\n\nSource\u00a0: TASS\n\n${URL}\n\n#PontsDeLoire #Vélo`,
    )
    expect(facets.map(({ start, end, ...one }) => [text.slice(start, end), one])).toEqual([
      [URL, { kind: 'link', value: URL }],
      ['#PontsDeLoire', { kind: 'hashtag', value: 'PontsDeLoire' }],
      ['#Vélo', { kind: 'hashtag', value: 'Vélo' }],
    ])
    expect(count).toBe(text.length - URL.length + 23)
  })
})

test('each language has its own typography', async () => {
  const sources = async (language: string | null) => {
    const { text } = await draftOf('mastodon', articleOf({ credit: 'TASS', language }))
    return text.split('\n').find((line) => line.includes('TASS'))
  }
  expect(await sources('fr')).toBe('Source\u00a0: TASS')
  expect(await sources('fr-CA')).toBe('Source\u00a0: TASS')
  expect(await sources('en')).toBe('Source: TASS')
  // no label is better than one in a language that the post is not in
  expect(await sources('de')).toBe('— TASS')
  expect(await sources(null)).toBe('— TASS')
})

test('a link on Telegram is named in the article’s language, else by its address', async () => {
  const name = async (language: string | null) =>
    (await draftOf('telegram', articleOf({ language }))).text.split('\n').at(-1)
  expect(await name('en-GB')).toBe('Read the article')
  expect(await name('de')).toBe('exemple.fr/2026/11/le-pont…')
})

test.each(ids)('an article without words is title and link: %s', async (id) => {
  const { text } = await draftOf(id, articleOf({ excerpt: null, title: 'Le pont', language: 'de' }))
  expect(text.split('\n')).toEqual(['Le pont', '', expect.stringMatching(/exemple\.fr/)])
})

test.each(ids)('a category stands in where there are no tags: %s', async (id) => {
  const some = { categories: ['Vie locale', 'Autre'] }
  expect((await draftOf(id, articleOf(some))).text).toMatch(/\n\n#VieLocale$/)
  const { text } = await draftOf(id, articleOf({ ...some, tags: ['Loire'] }))
  expect(text).toMatch(/\n\n#Loire$/)
})

test.each(ids)('markup in an article’s words is just words: %s', async (id) => {
  const title = '<script>alert(1)</script> {{ url }} {% raw %} &amp; &lt; *gras* _x_ </b>'
  const { text, facets } = await draftOf(id, articleOf({ title }))
  expect(text.split('\n')[0]).toBe(title)
  expect(facets.filter(({ kind }) => kind === 'link')).toHaveLength(1)
})

test('names in an article’s words ping nobody, addresses stay as they are', async () => {
  const title = 'Dit @maire, .@maire et @bob@exemple.social (a@exemple.fr, https://exemple.fr/@bob)'
  const guarded =
    'Dit @\u2060maire, .@\u2060maire et @\u2060bob@exemple.social (a@exemple.fr, https://exemple.fr/@bob)'
  for (const id of ['telegram', 'mastodon'] as const) {
    const { text, count } = await draftOf(id, articleOf({ title, excerpt: null, language: 'de' }))
    expect(text.split('\n')[0]).toBe(guarded)
    const weight =
      id === 'telegram'
        ? text.length
        : text.length - URL.length - 'https://exemple.fr/@bob'.length + 46
    expect(count).toBe(weight)
  }
  expect((await draftOf('bluesky', articleOf({ title }))).text.split('\n')[0]).toBe(title)
})

test.each(ids)('a title of 5,000 characters still fits: %s', async (id) => {
  const article = articleOf({
    title: 'Le pont rouvre lundi et '.repeat(220),
    credit: 'TASS',
    tags: ['Loire'],
  })
  const { text, count, limit, warnings } = await draftOf(id, article)
  expect(count).toBeLessThanOrEqual(limit)
  expect(count).toBeGreaterThan(limit - 30)
  expect(text).toMatch(/^Le pont rouvre lundi .*…\n\nSource\u00a0: TASS\n\n/)
  expect(text).toMatch(/#Loire$/)
  expect(warnings).toEqual([
    { kind: 'shortened', about: expect.stringMatching(/^Le pont rouvre lundi et Le.*…$/) },
    { kind: 'left-out', about: EXCERPT },
  ])
})

const odd: Partial<Record<string, Parameters<typeof articleOf>[0]>> = {
  'no title': { title: '' },
  'no title and no words': { title: '', excerpt: null },
  'an address for a title': { title: `https://exemple.org/${'a'.repeat(400)}`, excerpt: null },
  'emoji for a title': { title: '👨‍👩‍👧‍👦🎉', excerpt: null },
  'a title that nobody sees': { title: '\u2060\u200b', excerpt: '\u00a0' },
  '60 tags': { tags: Array.from({ length: 60 }, (_, at) => `Mot ${at}`) },
  '200 KB without a blank': { title: 'a'.repeat(200_000), excerpt: 'b'.repeat(200_000) },
}

test.each(Object.keys(odd).flatMap((what) => ids.map((id) => ({ what, id }))))(
  'an article with $what is a sane post on $id',
  async ({ what, id }) => {
    const { text, facets, count, limit, warnings } = await draftOf(id, articleOf(odd[what]))
    expect(count).toBeLessThanOrEqual(limit)
    expect(text).toMatch(/^\S[^]*\S$|^\S$/u)
    expect(text).not.toMatch(/\n{3}/)
    expect(facets).toContainEqual(expect.objectContaining({ kind: 'link', value: URL }))
    expect(warnings.map(({ kind }) => kind)).not.toContain('template')
  },
)

test('what a template writes counts as it will stand: named links on Mastodon are addresses', async () => {
  const source = '<fit>{{ title }}</fit> <a href="{{ url }}">ici</a>!'
  const title = 'mot '.repeat(40).trim()
  const { text, count } = await draftOf('mastodon', articleOf({ title }), {
    source,
    limits: { text: 100, link: 23 },
  })
  expect(text).toMatch(/^(mot )+mot… https:\/\/www\.exemple\.fr\/2026\/11\/le-pont-rouvre\/!$/)
  expect(count).toBeLessThanOrEqual(100)
  expect(count).toBeGreaterThan(95)
})

test('a link that would touch a word stands apart on Mastodon, and is written once', async () => {
  const source = 'Lire<a href="{{ url }}">ceci <b>et cela</b></a>demain. <a href="{{ url }}">x</a>.'
  expect((await draftOf('mastodon', articleOf(), { source })).text).toBe(
    `Lire ${URL} demain. ${URL}.`,
  )
  const glued = '(https://exemple.org/a)<a href="{{ url }}">ici</a>…👩 fin'
  expect((await draftOf('mastodon', articleOf(), { source: glued })).text).toBe(
    `(https://exemple.org/a) ${URL} …👩 fin`,
  )
})

test('where even the fixed part is too long, title and link go out, and a warning says why', async () => {
  const source = '---\ncard: above\n---\n{{ title }}\n{{ url }}'
  const article = articleOf({ title: 'mot '.repeat(90).trim() })
  const { text, count, card, warnings } = await draftOf('bluesky', article, { source })
  expect(text).toMatch(/^(mot )+mot…\n\nexemple\.fr\/2026\/11\/le-pont…$/)
  expect(count).toBeLessThanOrEqual(300)
  expect(card?.above).toBe(true)
  expect(warnings).toEqual([
    {
      kind: 'template',
      about: expect.stringMatching(/^bluesky\.liquid: .* 87 characters too long/),
    },
    { kind: 'shortened', about: expect.stringMatching(/^mot mot/) },
  ])
})

test('a card’s texts are short and whole', async () => {
  const image = { url: 'https://exemple.fr/a.jpg', alt: null }
  const { card } = await draftOf('bluesky', articleOf({ excerpt: `${EXCERPT} `.repeat(20), image }))
  expect(card?.description).toMatch(/^Après .* d’abord…$/)
  expect(card?.description.length).toBeLessThanOrEqual(300)
  expect(card?.image).toEqual({ url: 'https://exemple.fr/a.jpg', alt: '' })
})

test('a quotation with a bold word in it is one quotation on Telegram, in NFC', async () => {
  const source = '<blockquote>Le <b>cafe\u0301</b> A\u030a</blockquote> fin'
  const { text, facets } = await draftOf('telegram', articleOf(), { source })
  expect(text).toBe('Le café Å fin')
  expect(facets).toEqual([
    { kind: 'blockquote', start: 0, end: 9 },
    { kind: 'bold', start: 3, end: 7 },
  ])
})

test.each([
  articleOf({ tags: ['États-Unis', 'Covid-19', 'C++', 'Fête 🎉'] }),
  articleOf({
    title: '👨‍👩‍👧‍👦 Lire https://exemple.fr/été, exemple.org et #Loire (#non)',
    tags: ['日本 経済'],
  }),
  articleOf({
    title: '«\u00a0Ça marche\u00a0!\u00a0» www.exemple.fr/agenda',
    excerpt: 'Voir #2026 #5G.',
    language: 'de',
  }),
])('Bluesky’s own client finds the same hashtags and addresses: $title', async (article) => {
  const { text, facets } = await draftOf('bluesky', article)
  const rich = new RichText({ text })
  rich.detectFacetsWithoutResolution()
  const found = (rich.facets ?? []).flatMap(({ index, features: [feature] }) => {
    const { uri, tag } = { uri: undefined, tag: undefined, ...feature }
    return { start: index.byteStart, end: index.byteEnd, value: uri ?? tag }
  })
  // the shown address stands for the whole one, which the client cannot know
  const own = facets.filter(({ value }) => value !== URL)
  const link = facets.find(({ value }) => value === URL)
  expect(own.map(({ start, end, value }) => ({ start, end, value }))).toEqual(
    found.filter(({ start }) => start !== link?.start),
  )
})
