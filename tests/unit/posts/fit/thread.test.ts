import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emoji, glued, words } from '../generated.ts'
import { articleOf, draftsOf, ids } from '../shipped.ts'

const segmenter = new Intl.Segmenter()
const URL = articleOf().url

/** A template whose content goes on in further parts. */
const source = (thread: string, warning = '') =>
  `---\nthread: ${thread}\n${warning}---\n<b><fit order="2">{{ title }}</fit></b>\n\n{{ content }}\n\n` +
  '<a href="{{ url }}">{{ url | short_link }}</a>\n\n{{ tags | hashtags: 3 }}'

/** The texts of the parts on Bluesky. */
async function parts(template: string, some: Parameters<typeof articleOf>[0] = {}, text = 300) {
  const limits = { text, bytes: 3000 }
  const drafts = await draftsOf('bluesky', articleOf(some), { source: template, limits })
  return drafts.map((draft) => draft.text)
}

const paragraph = 'Le pont rouvre lundi. Les vélos passent d’abord, les autos ensuite.'
const content = Array.from({ length: 4 }, () => paragraph).join('\n\n')

describe('a template that goes on with <hr>', () => {
  test('makes a part of each section, with card and language', async () => {
    const template = '---\ncard: true\n---\n{{ title }}\n<hr>\n{{ excerpt }}\n{{ url }}<hr>fin'
    const drafts = await draftsOf('bluesky', articleOf(), { source: template })
    expect(drafts.map(({ text, card, language }) => [text, card?.url, language])).toEqual([
      ['Le pont rouvre lundi', URL, 'fr'],
      [`${articleOf().excerpt}\n${URL}`, undefined, 'fr'],
      ['fin', undefined, 'fr'],
    ])
  })

  test('leaves out sections without words', async () => {
    expect(await parts('{{ title }}<hr>{{ credit }}<hr>\u2060\n<hr>{{ url }}')).toEqual([
      'Le pont rouvre lundi',
      URL,
    ])
  })

  test('numbers its parts, and a single one not at all', async () => {
    const numbered = '---\nthread: numbered\n---\n'
    expect(await parts(`${numbered}a<hr>b`)).toEqual(['a\n\n1/2', 'b\n\n2/2'])
    expect(await parts(`${numbered}a<hr>{{ credit }}`)).toEqual(['a'])
  })

  test('shortens what is elastic in each part for itself', async () => {
    const long = { title: 'mot '.repeat(90).trim() }
    const drafts = await parts('<fit>{{ title }}</fit><hr><fit>{{ title }}</fit>\n{{ url }}', long)
    expect(drafts).toEqual([
      expect.stringMatching(/^(mot )+mot…$/),
      expect.stringMatching(/^(mot )+mot…\nhttps/),
    ])
  })
})

describe('a text that is too long for one part', () => {
  test('is parted at paragraphs', async () => {
    expect(await parts('---\nthread: split\n---\n{{ content }}', { content }, 150)).toEqual([
      `${paragraph}\n\n${paragraph}`,
      `${paragraph}\n\n${paragraph}`,
    ])
  })

  test.each([
    ['at a sentence', 'Le pont rouvre. Les vélos passent d’abord.', 30, 'Le pont rouvre.'],
    ['at a line', '- le pont neuf\n- les vélos et les autos', 30, '- le pont neuf'],
    ['at a word', 'Le pont rouvre aux vélos et aux autos', 24, 'Le pont rouvre aux vélos'],
    ['not after what opens', 'Le vieux pont dit (Loire)', 19, 'Le vieux pont dit'],
    ['at a grapheme', '👨‍👩‍👧‍👦'.repeat(12), 10, '👨‍👩‍👧‍👦'.repeat(10)],
    ['before French punctuation', 'Il a crié bravo\u00a0! Le pont', 16, 'Il a crié'],
    ['before an address', 'Lire la suite https://exemple.fr/un/chemin', 35, 'Lire la suite'],
    ['before a hashtag', 'Voir les travaux du pont #PontDeLoire', 30, 'Voir les travaux du pont'],
    ['where there are no blanks', '東京都の古い橋が月曜日に再開する', 10, '東京都の古い橋が'],
  ])('else %s', async (_where, text, limit, first) => {
    const [head, ...rest] = await parts(
      '---\nthread: split\n---\n{{ content }}',
      { content: text },
      limit,
    )
    expect(head).toBe(first)
    expect([head, ...rest].join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
  })

  test('carries its number, which counts', async () => {
    const drafts = await parts(source('numbered'), { content, tags: ['Loire'] }, 135)
    expect(drafts).toEqual([
      `Le pont rouvre lundi\n\n${paragraph}\n\n1/4`,
      `${paragraph}\n\n2/4`,
      `${paragraph}\n\n3/4`,
      `${paragraph}\n\nexemple.fr/2026/11/le-pont…\n\n#Loire\n\n4/4`,
    ])
  })

  test('keeps hashtags with the link: they are no part by themselves', async () => {
    const drafts = await parts(source('split'), { content: paragraph, tags: ['Loire'] }, 125)
    expect(drafts.at(-1)).toBe('exemple.fr/2026/11/le-pont…\n\n#Loire')
  })

  test('lets no elastic text flow over, and none be lost', async () => {
    const title = 'mot '.repeat(60).trim()
    const drafts = await parts(source('split'), { title, content }, 150)
    expect(drafts[0]).toMatch(/^(mot )+mot…$/)
    expect(drafts[1]).toBe(`${paragraph}\n\n${paragraph}`)
  })

  test('parts no link and no mention', async () => {
    const name = '<a href="{{ url }}">le dossier complet sur la page du chantier</a>'
    const drafts = await parts(`---\nthread: split\n---\n{{ title }}, lire ${name}`, {}, 50)
    expect(drafts).toEqual([
      'Le pont rouvre lundi, lire',
      'le dossier complet sur la page du chantier',
    ])
    const mention =
      '---\nthread: split\n---\nAvec l’aide de {{ "@maire@exemple.social" | mention }}'
    expect(await parts(mention, {}, 30)).toEqual(['Avec l’aide de', '@maire@exemple.social'])
  })

  test('ends after 25 parts, with its link and a warning', async () => {
    const long = articleOf({ content: `${content}\n\n`.repeat(300), tags: ['Loire'] })
    const drafts = await draftsOf('bluesky', long, { source: source('numbered') })
    expect(drafts).toHaveLength(25)
    expect(drafts.at(-1)?.text).toMatch(/…\n\nexemple\.fr\/\S+…\n\n#Loire\n\n25\/25$/)
    expect(drafts.flatMap(({ warnings }) => warnings)).toEqual([
      { kind: 'shortened', about: expect.stringMatching(/^Le pont rouvre lundi/) },
    ])
  })

  test('is one part where it fits', async () => {
    expect(await parts(source('numbered'), { content: 'Oui.' })).toEqual([
      'Le pont rouvre lundi\n\nOui.\n\nexemple.fr/2026/11/le-pont…',
    ])
  })
})

/** What leads somewhere and goes through this place, unless it is part of a word that no part could hold. */
function partedAt(text: string, place: number): string | null {
  const before = /\S*$/.exec(text.slice(0, place))?.[0] ?? ''
  const word = before + (/^\S*/.exec(text.slice(place))?.[0] ?? '')
  if (word.length > 100) return null
  const leads = [
    'https://exemple.fr/un/chemin?a=b',
    '@bob@exemple.social',
    '#Loire',
    'a@exemple.fr',
  ]
  const parted = leads.find((one) => {
    const at = word.lastIndexOf(one, before.length - 1)
    return at !== -1 && at < before.length && before.length < at + one.length
  })
  return parted ?? null
}

const article = fc.record({
  // an address that no part holds is left out
  content: fc
    .oneof({ weight: 4, arbitrary: words }, glued, emoji)
    .map((text) => text.replace(/[a-z\d+.-]{0,16}:\/\/\S{100,}/giu, '')),
  excerpt: words,
  tags: fc.array(fc.constantFrom('le pont', '@bob', 'ẹ́ été', '橋', 'a'.repeat(90)), {
    maxLength: 5,
  }),
})

test.each(ids.flatMap((id) => ['split', 'numbered'].map((thread) => ({ id, thread }))))(
  'whatever an article says, the parts of its thread fit and are its text: $id, $thread',
  async ({ id, thread }) => {
    await fc.assert(
      fc.asyncProperty(article, async (some) => {
        const warning = id === 'mastodon' ? 'content_warning: "{{ excerpt }}"\n' : ''
        const one = articleOf(some)
        const limits = { text: 200, bytes: 3000, link: 23 }
        const drafts = await draftsOf(id, one, { source: source(thread, warning), limits })
        const room = { ...limits, text: 100_000, bytes: 1_000_000 }
        const [all] = await draftsOf(id, one, { source: source('false', warning), limits: room })
        // what a platform makes of signs that nobody sees depends on what stands beside them
        const bare = (words = '') => words.replace(/[\u2060\u200c\u200e\u200f]/gu, '')
        const text = bare(all?.text)
        let from = 0
        drafts.forEach((draft, at) => {
          expect(draft.count).toBeLessThanOrEqual(draft.limit)
          expect(draft.text.isWellFormed()).toBe(true)
          const number = thread === 'numbered' && drafts.length > 1
          const end = number ? `\n\n${at + 1}/${drafts.length}` : ''
          expect(draft.text.endsWith(end)).toBe(true)
          const body = bare(draft.text.slice(0, draft.text.length - end.length))
          // verbatim, in order, between two graphemes
          const start = text.indexOf(body, from)
          expect(start).toBeGreaterThanOrEqual(from)
          expect(text.slice(from, start).trim()).toBe('')
          const grapheme = segmenter.segment(text).containing(start)?.index ?? start
          expect(text.slice(grapheme, start).trim()).toBe('')
          expect(partedAt(text, start)).toBe(null)
          from = start + body.length
        })
        expect(text.slice(from).trim()).toBe('')
        const links = drafts.flatMap(({ facets }) => facets).filter(({ value }) => value === URL)
        expect(links).toHaveLength(1)
      }),
      { numRuns: 40 },
    )
  },
)
