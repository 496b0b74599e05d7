import { expect, test } from 'vitest'
import type { Article } from '../../../../src/articles/article.ts'
import { parseSections } from '../../../../src/posts/segments.ts'
import { parseTemplate, renderTemplate } from '../../../../src/posts/template/template.ts'
import { articleOf } from '../shipped.ts'

/** What a template makes of an article: the text that readers see, and all segments. */
async function written(source: string, changes: Partial<Article> = {}, timeZone = 'Europe/Paris') {
  const template = parseTemplate({ name: 'mine.liquid', source, timeZone })
  const means = { hashtag: (name: string) => name.replace('-', '') }
  const { html } = await renderTemplate(template, articleOf(changes), means)
  const segments = parseSections('mine.liquid', html).flat()
  return { text: segments.map(({ text }) => text).join(''), segments }
}

test.each([
  ['fr', 'full', 'mercredi 2 décembre 2026'],
  ['fr-CA', 'long', '2 décembre 2026'],
  ['fr', 'medium', '2 déc. 2026'],
  ['fr', 'short', '02/12/2026'],
  ['fr_FR', 'long', '2 décembre 2026'],
  ['en', 'long', 'December 2, 2026'],
  ['en-GB', 'long', '2 December 2026'],
  ['ru', '%-d %B', '2 декабря'],
  ['de', '%A, %d.%m.%Y', 'Mittwoch, 02.12.2026'],
  ['fr', '%a %e %b %y', 'mer.  2 déc. 26'],
  ['fr', '%Hh%M, %^B, 5%%', '00h30, DÉCEMBRE, 5%'],
  ['en', '%-I:%M %p, %F %T', '12:30 AM, 2026-12-02 00:30:00'],
  ['tlh', 'long', 'December 2, 2026'],
  [null, 'long', 'December 2, 2026'],
])('in %s, %s is %s', async (language, format, told) => {
  const publishedAt = '2026-12-01T23:30:00.000Z'
  const { segments } = await written(`<pre>{{ publishedAt | date: "${format}" }}</pre>`, {
    language,
    publishedAt,
  })
  expect(segments[0]?.text).toBe(told)
})

test('the first of a month is an ordinal in French, and in French alone', async () => {
  const day = { publishedAt: '2026-11-01T12:00:00.000Z' }
  expect((await written('{{ publishedAt | date: "full" }}', day)).text).toBe(
    'dimanche 1er novembre 2026',
  )
  expect((await written('{{ publishedAt | date }}', { ...day, language: 'en' })).text).toBe(
    'November 1, 2026',
  )
})

test('a date is told in the zone it is told for; the template’s language comes first', async () => {
  const night = { publishedAt: '2026-12-01T23:30:00.000Z' }
  expect((await written('{{ publishedAt | date }}', night, 'UTC')).text).toBe('1er décembre 2026')
  const source = '---\nlanguage: es\n---\n{{ publishedAt | date }} {{ language }}'
  expect((await written(source, night)).text).toBe('2 de diciembre de 2026 es')
  expect((await written('{{ publishedAt | date }}x')).text).toBe('x')
  expect((await written('{{ title | date }}')).text).toBe('Le pont rouvre lundi')
  await expect(written('{{ "now" | date: "%Y" }}')).rejects.toThrow(
    'mine.liquid:1: a post does not',
  )
})

test.each([
  ['Le pont rouvre lundi aux vélos', 3, 'Le pont rouvre…'],
  ['Le pont rouvre', 3, 'Le pont rouvre'],
  ['Le pont rouvre.', 3, 'Le pont rouvre.'],
  ['Le pont, dit « neuf »', 2, 'Le pont…'],
  ['橋は月曜日に再開します', 2, '橋は…'],
  ['สะพานเปิดอีกครั้งวันจันทร์', 2, 'สะพานเปิด…'],
  ['Voir https://exemple.fr/un/chemin enfin', 3, 'Voir…'],
  ['Voir @nom@exemple.social enfin', 2, 'Voir…'],
])('of %s, %i words are %s', async (title, most, kept) => {
  expect((await written(`{{ title | truncate_words: ${most} }}`, { title })).text).toBe(kept)
})

test('a mention is a name that is told, where it is one', async () => {
  const mentions = async (name: string) =>
    (await written('{{ title | mention }}', { title: name })).segments
  expect(await mentions('@nom@exemple.social')).toEqual([
    { text: '@nom@exemple.social', mention: '@nom@exemple.social' },
  ])
  expect(await mentions('nom.bsky.social')).toMatchObject([{ mention: '@nom.bsky.social' }])
  for (const none of ['une phrase', '@', '@a@b', '@a b', '<mention>@x</mention>']) {
    expect(await mentions(none)).toEqual([{ text: none }])
  }
})

test('what a template captures or assigns is what it was: markup, or text', async () => {
  const article = { title: 'A & <b>', tags: ['Loire'] }
  const { segments } = await written(
    '{% capture line %}<b>{{ title }}</b>{% endcapture %}{% assign tag = tags | hashtags %}' +
      '{{ line }} {{ tag | append: "!" }} {{ title | append: "<i>" }}',
    article,
  )
  expect(segments).toEqual([
    { text: 'A & <b>', styles: ['bold'] },
    { text: ' ' },
    { text: '#Loire', hashtag: 'Loire' },
    { text: '! A & <b><i>' },
  ])
})

test.each([
  '<script>alert(1)</script>',
  '</b></a><hr><fit>',
  '<mention>@nom</mention><hashtag>x</hashtag>',
  '{{ url }}{% if %}',
  '&lt;b&gt; &amp;amp; &#60;',
  '" onclick="x" \' <',
  '\u{fdd9}b\u{fdda}x \u{fdd8}lt;',
])('whatever an article says is text: %s', async (title) => {
  const { segments } = await written('<a href="{{ url }}">{{ title }}</a>', { title })
  expect(segments).toEqual([
    { text: title.replace(/[\u{fdd0}-\u{fddf}]/gu, ''), link: articleOf().url },
  ])
  const inside = await written('<a href="{{ title }}">x</a>', { title })
  expect(inside.segments).toEqual([{ text: 'x' }])
})

test.each(['raw', 'json', 'base64_decode', 'sample', 'where_exp', 'newline_to_br'])(
  'there is no filter %s',
  (name) => {
    const source = `{{ title | ${name} }}`
    expect(() => parseTemplate({ name: 'mine.liquid', source })).toThrow(
      `mine.liquid:1: there is no filter “${name}”; there are abs, append,`,
    )
  },
)
