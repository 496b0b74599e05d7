import { RichText } from '@atproto/api'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emoji, glued, words } from './generated.ts'
import { articleOf, draftOf, draftsOf, ids } from './shipped.ts'

const URL = articleOf().url
const SHORT = 'exemple.fr/2026/11/le-pont…'

const own = (text: string) =>
  articleOf({ posts: { telegram: text, bluesky: text, mastodon: text } })
const links = async (id: (typeof ids)[number], text: string) => {
  const draft = await draftOf(id, own(text))
  return draft.facets.filter(({ kind, value }) => kind === 'link' && value === URL).length
}

test.each(ids)('own words take the template’s place, with the link below: %s', async (id) => {
  const { text, card } = await draftOf(id, own('Enfin\u00a0!\n\nOn passe.'))
  expect(text).toBe(`Enfin\u00a0!\n\nOn passe.\n\n${id === 'mastodon' ? URL : SHORT}`)
  expect(card?.url).toBe(URL)
  expect(await links(id, 'Enfin\u00a0!')).toBe(1)
})

test('own words for one platform are not another’s', async () => {
  const article = articleOf({ posts: { bluesky: 'Enfin\u00a0!' } })
  expect((await draftOf('bluesky', article)).text).toBe(`Enfin\u00a0!\n\n${SHORT}`)
  expect((await draftOf('mastodon', article)).text).toMatch(/^Le pont rouvre lundi\n/)
  const blank = articleOf({ posts: { bluesky: ' \n' } })
  expect((await draftOf('bluesky', blank)).text).toMatch(/^Le pont rouvre lundi\n/)
})

test.each(ids)('an address that they hold stays where it is: %s', async (id) => {
  expect((await draftOf(id, own(`Lire ${URL}, vite.`))).text).toBe(`Lire ${URL}, vite.`)
  expect(await links(id, `Lire ${URL}, vite.`)).toBe(1)
  const bare = URL.slice(0, -1)
  expect((await draftOf(id, own(`${bare}\nEnfin`))).text).toMatch(/^https:\S+\nEnfin$/)
})

test('another address that begins alike is not it', async () => {
  const { text } = await draftOf('bluesky', own(`Lire ${URL}page/2/`))
  expect(text).toBe(`Lire ${URL}page/2/\n\n${SHORT}`)
})

test('they are shortened as any text, never the link in them', async () => {
  const long = 'mot '.repeat(90)
  const { text, count, warnings } = await draftOf('bluesky', own(`${long}: ${URL}`))
  expect(text).toMatch(/^(mot )+mot… exemple\.fr\/2026\/11\/le-pont…$/)
  expect(count).toBeGreaterThan(290)
  expect(warnings).toEqual([{ kind: 'shortened', about: expect.stringMatching(/^mot mot/) }])
  expect((await draftOf('bluesky', own(`${URL} ${long}`))).text).toMatch(
    /^exemple\S+… (mot )+mot…$/,
  )
})

test('they are no markup, no Liquid, and ping nobody', async () => {
  const text = '<b>Oui</b> {{ title }} &amp; @maire @bob@exemple.social #Loire'
  expect((await draftOf('bluesky', own(text))).text).toBe(`${text}\n\n${SHORT}`)
  const guarded = text.replaceAll(/@(?=maire|bob)/g, '@\u2060')
  expect((await draftOf('mastodon', own(text))).text).toBe(`${guarded}\n\n${URL}`)
  const { facets } = await draftOf('telegram', own(text))
  expect(facets.map(({ kind }) => kind)).not.toContain('mention')
})

test('Bluesky’s own client finds the same in them', async () => {
  const { text, facets } = await draftOf('bluesky', own(`Voir #Loire (${URL}) et exemple.org.`))
  const rich = new RichText({ text })
  rich.detectFacetsWithoutResolution()
  expect(facets.map(({ start, end }) => [start, end])).toEqual(
    rich.facets?.map(({ index }) => [index.byteStart, index.byteEnd]),
  )
})

test.each(ids)('whatever they say, the post fits and leads to the article: %s', async (id) => {
  const some = fc.tuple(fc.oneof(words, glued, emoji), fc.constantFrom('', URL, ` ${URL} `), words)
  await fc.assert(
    fc.asyncProperty(some, async (all) => {
      const { text, facets, count, limit } = await draftOf(id, own(all.join('')))
      expect(count).toBeLessThanOrEqual(limit)
      expect(text.isWellFormed()).toBe(true)
      expect(facets.filter(({ value }) => value === URL)).not.toHaveLength(0)
    }),
    { numRuns: 100 },
  )
})

test.each(['split', 'numbered'])(
  'they go on in parts where the template does: %s',
  async (thread) => {
    const source = `---\nthread: ${thread}\n---\n{{ url }}`
    const text = Array.from({ length: 30 }, (_, at) => `Voici la phrase ${at}.`).join(' ')
    for (const [words, link] of [
      [text, SHORT],
      [`${text} ${URL}`, URL],
    ] as const) {
      const drafts = await draftsOf('bluesky', own(words), { source })
      expect(drafts.length).toBeGreaterThan(1)
      const whole = drafts.map((draft) => draft.text.replace(/\n\n\d\/\d$/, '')).join(' ')
      expect(whole.replace(/\s+/g, ' ')).toBe(`${text} ${link}`)
      expect(drafts.flatMap(({ warnings }) => warnings)).toEqual([])
      const facets = drafts.flatMap((draft) => draft.facets)
      expect(facets.filter(({ value }) => value === URL)).toHaveLength(1)
    }
  },
)

test('1 MB of them is a post before long', async () => {
  const { count } = await draftOf('bluesky', own(`${'mot '.repeat(250_000)}${URL}`))
  expect(count).toBeLessThanOrEqual(300)
})
