import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Article } from '../../../src/articles/article.ts'
import { places } from '../../../src/shares/places.ts'
import { shareLinks } from '../../../src/shares/share.ts'
import { readTemplates } from '../../../src/config/templates.ts'
import { weightOf } from '../../../src/shares/weight.ts'
import { blankArticle } from '../../support/newsroom.ts'

const { share: template } = await readTemplates()
const article = (more: Partial<Article> = {}): Article => ({
  ...blankArticle,
  url: 'https://journal.example/2026/02/canal/?a=1&b=2#haut',
  title: 'Le canal & l’écluse\u00a0: « ça rouvre »\u00a0! 👨‍👩‍👧',
  ...more,
})
const links = (more: Partial<Article> = {}) => shareLinks(article(more), template)
const fieldOf = (link: string | undefined, name: string) =>
  link === undefined ? null : new URL(link).searchParams.get(name)

describe('a link to share elsewhere', () => {
  test('Facebook gets the address, which is all that it takes', async () => {
    const { facebook } = await links()
    expect(facebook).toMatch(/^https:\/\/www\.facebook\.com\/sharer\/sharer\.php\?u=https%3A%2F%2F/)
    expect(fieldOf(facebook, 'u')).toBe(article().url)
  })

  test('X gets the text with its link and hashtags, every sign as it is', async () => {
    const { x } = await links()
    expect(x).toMatch(/^https:\/\/x\.com\/intent\/post\?text=/)
    expect(fieldOf(x, 'text')).toBe(
      `${article().title}\n\n${blankArticle.excerpt}\n\n${article().url}\n\n#canal #rivières`,
    )
  })

  test('WhatsApp and e-mail get it without hashtags, a mail with its subject and line feeds as mail has them', async () => {
    const { whatsapp, email } = await links()
    const text = `${article().title}\n\n${blankArticle.excerpt}\n\n${article().url}`
    expect(whatsapp).toMatch(/^https:\/\/wa\.me\/\?text=/)
    expect(fieldOf(whatsapp, 'text')).toBe(text)
    expect(email).toMatch(/^mailto:\?subject=/)
    expect(email).toContain('%0D%0A%0D%0A')
    expect(fieldOf(email, 'subject')).toBe(article().title)
    expect(fieldOf(email, 'body')).toBe(text.replaceAll('\n', '\r\n'))
  })

  test('holds no sign at which a program would end it', async () => {
    const nasty = { title: `It's (so) *fine*! "Yes" <b> & # + %41 'x'`, excerpt: null }
    for (const link of Object.values(await links(nasty))) {
      expect(link).toMatch(/^[a-z]+:[\w\-.~:/?=&%]+$/)
    }
    expect(fieldOf((await links(nasty)).x, 'text')).toContain(nasty.title)
  })

  test('on X a name in a title pings nobody', async () => {
    const { x, whatsapp } = await links({ title: 'Merci à @canal et à a@b.example' })
    expect(fieldOf(x, 'text')).toContain('@\u2060canal et à a@b.example')
    expect(fieldOf(whatsapp, 'text')).toContain('@canal')
  })

  test('always fits and always holds the article’s address, whatever the article says', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 3000 })
    await fc.assert(
      fc.asyncProperty(
        text,
        text,
        fc.array(text, { maxLength: 60 }),
        async (title, excerpt, tags) => {
          const made = await links({ title, excerpt, tags })
          for (const place of places) {
            expect(made[place]?.isWellFormed()).toBe(true)
            expect(decodeURIComponent(made[place] ?? '')).toContain(article().url)
          }
          expect(weightOf(fieldOf(made.x, 'text') ?? '').fits).toBe(true)
          expect(made.whatsapp?.length).toBeLessThanOrEqual(2000)
        },
      ),
      { numRuns: 30 },
    )
  }, 30_000)

  const site = 'https://journal.example'
  test.each([
    ['3,500 characters', `${site}/${'canal-'.repeat(580)}`],
    ['1,100 encoded signs', `${site}/${'%C3'.repeat(1100)}`],
    ['5,000 characters, which X counts as words', `${site}/${'canal-'.repeat(830)}`],
    ['400 characters on a host that X does not know', `http://127.0.0.1:80/${'canal-'.repeat(65)}`],
  ])('an address of %s stays whole where there can be a link', async (_what, url) => {
    const made = await links({ url })
    for (const place of places) {
      const link = made[place]
      if (place !== 'x') expect(link).toBeDefined()
      if (link !== undefined) expect(decodeURIComponent(link)).toContain(url)
    }
    expect(weightOf(fieldOf(made.x, 'text') ?? '').fits).toBe(true)
    expect(fieldOf(made.email, 'body')).toContain('Le canal')
  })

  test('where X has no room for the address there is no link to X', async () => {
    const made = await links({ url: `${site}/${'canal-'.repeat(830)}` })
    expect(Object.keys(made)).toEqual(['facebook', 'whatsapp', 'email'])
  })

  test('a long subject is cut between whole signs', async () => {
    const family = '👨‍👩‍👧‍👦'
    const { email } = await links({ title: family.repeat(160) })
    const subject = fieldOf(email, 'subject') ?? ''
    expect(subject.replaceAll(family, '')).toBe('…')
    const { email: other } = await links({ title: 'é'.repeat(160) })
    expect(fieldOf(other, 'subject')).toBe(`${'é'.repeat(150)}…`)
  })

  test('an article without a title is shared by its address', async () => {
    const { email, x } = await links({ title: '', excerpt: null, tags: [], categories: [] })
    expect(fieldOf(email, 'subject')).toBe(article().url)
    expect(fieldOf(x, 'text')).toBe(article().url)
  })
})
