import { expect, test } from 'vitest'
import { articleOf, draftOf, draftsOf, ids } from './shipped.ts'

const pictures = ['pont', 'quai', 'gare'].map((name) => ({
  url: `https://exemple.fr/${name}.jpg`,
  alt: name === 'quai' ? null : `Vue\u00a0: ${name}`,
}))
const article = articleOf({ image: pictures[0] ?? null, images: pictures })
const BODY = '{{ title }} {{ url }}'
const front = (settings: string, body = BODY) => ({ source: `---\n${settings}\n---\n${body}` })

test('a post carries as many of the article’s pictures as its template says', async () => {
  expect((await draftOf('mastodon', article, { source: BODY })).images).toEqual([])
  const { images, warnings } = await draftOf('mastodon', article, front('images: 2'))
  expect(images).toEqual(pictures.slice(0, 2))
  expect(warnings).toEqual([{ kind: 'no-alt', about: 'https://exemple.fr/quai.jpg' }])
  expect((await draftOf('mastodon', article, front('images: 4'))).images).toHaveLength(3)
})

test.each(ids)(
  'the card comes where pictures are asked for and none can be had: %s',
  async (id) => {
    const bare = articleOf()
    const { card, images } = await draftOf(id, bare, front('images: 2'))
    expect([card?.url, images]).toEqual([bare.url, []])
  },
)

test('a text too long for a caption has the card in place of its picture, and says so', async () => {
  const long = { ...article, title: 'mot '.repeat(300).trim() }
  const { card, images, warnings } = await draftOf('telegram', long, front('images: 1'))
  expect([card?.url, images]).toEqual([article.url, []])
  expect(warnings).toEqual([{ kind: 'no-caption', about: 'https://exemple.fr/pont.jpg' }])
  const short = await draftOf('telegram', article, front('images: 1'))
  expect(short.images).toHaveLength(1)
  expect(short.warnings).toEqual([])
})

test('only the first part carries card and pictures, each the manner and the language', async () => {
  const settings =
    'card: true\nlanguage: oc\nvisibility: unlisted\ncontent_warning: "Pont & {{ title }}"'
  const drafts = await draftsOf('mastodon', article, front(settings, `${BODY}<hr>fin`))
  const manner = {
    visibility: 'unlisted',
    silent: false,
    contentWarning: 'Pont & Le pont rouvre lundi',
  }
  expect(drafts.map(({ card, ...one }) => [card?.url, one])).toMatchObject([
    [article.url, { manner, language: 'oc' }],
    [undefined, { manner, language: 'oc' }],
  ])
  const pictured = await draftsOf('mastodon', article, front('images: 1', `${BODY}<hr>fin`))
  expect(pictured.map(({ images }) => images.length)).toEqual([1, 0])
})

test('the content warning counts', async () => {
  const long = articleOf({ title: 'mot '.repeat(200).trim() })
  const how = front('content_warning: "Guerre en images"', '<fit>{{ title }}</fit> {{ url }}')
  const { count, text } = await draftOf('mastodon', long, how)
  expect(count).toBeGreaterThan(490)
  expect(count).toBeLessThanOrEqual(500)
  expect(count).toBe(text.length - article.url.length + 23 + 'Guerre en images'.length)
})

test('a content warning takes a third of the room at most', async () => {
  const long = articleOf({ excerpt: 'mot '.repeat(400).trim() })
  const how = front('content_warning: "{{ excerpt }}"', '<fit>{{ title }}</fit> {{ url }}')
  const { count, manner, text, warnings } = await draftOf('mastodon', long, how)
  expect(manner.contentWarning).toMatch(/^(mot )+mot…$/)
  expect(text).toMatch(/^Le pont rouvre lundi https/)
  expect(count).toBeLessThan(300)
  expect(warnings).toEqual([{ kind: 'shortened', about: expect.stringMatching(/^mot/) }])
})

test('hashtags go before words do where the template says so, else not', async () => {
  const long = articleOf({ title: 'mot '.repeat(80).trim(), tags: ['Loire', 'Pont', 'Vélo'] })
  const body = '<fit>{{ title }}</fit>\n{{ url | short_link }}\n{{ tags | hashtags }}'
  const { text: fixed } = await draftOf('bluesky', long, { source: body })
  expect(fixed).toMatch(/mot…\n.*\n#Loire #Pont #Vélo$/)
  const short = articleOf({ title: `${'a'.repeat(230)} mot`, tags: long.tags })
  const { text } = await draftOf(
    'bluesky',
    short,
    front('drop_hashtags: true', `{{ title }}${body}`),
  )
  expect(text).toMatch(/^a{230} mot/)
})

test('a template that writes nothing of an article, or cannot, leaves title and link', async () => {
  const empty = await draftOf('bluesky', article, front('card: true', '{{ credit }}'))
  expect(empty.text).toBe('Le pont rouvre lundi\n\nexemple.fr/2026/11/le-pont…')
  expect(empty.card?.url).toBe(article.url)
  expect(empty.warnings).toEqual([
    { kind: 'template', about: expect.stringMatching(/^bluesky\.liquid: /) },
  ])
  const wrong = await draftOf('bluesky', articleOf({ title: '' }), { source: '{{ titel }}' })
  expect(wrong.text).toBe('exemple.fr/2026/11/le-pont…')
  expect(wrong.warnings).toEqual([{ kind: 'template', about: expect.stringMatching(/titel/) }])
})

test('what goes out plain keeps the manner of its template', async () => {
  const settings = 'visibility: private\ncontent_warning: "Guerre"\nimages: 1'
  const { manner, images } = await draftOf('mastodon', article, front(settings, '{{ credit }}'))
  expect(manner).toMatchObject({ visibility: 'private', contentWarning: 'Guerre' })
  expect(images).toHaveLength(1)
})
