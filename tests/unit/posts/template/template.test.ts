import { describe, expect, test } from 'vitest'
import { parseTemplate, renderTemplate } from '../../../../src/posts/template/template.ts'
import { articleOf } from '../shipped.ts'

const html = async (source: string, changes = {}) =>
  (
    await renderTemplate(parseTemplate({ name: 'mine.liquid', source }), articleOf(changes), {
      hashtag: (name) => (name === '2026' ? null : name.replace('-', '')),
    })
  ).html

describe('a template with a mistake is refused with its file and line', () => {
  test.each([
    ['an unknown element', 'Lire :\n<p>{{ title }}</p>', 'mine.liquid:2: <p> is no element'],
    ['an element within a condition', '{% if title %}\n<h1>x</h1>{% endif %}', 'mine.liquid:2:'],
    ['an unknown attribute', '<fit odrer="2">x</fit>', 'mine.liquid:1: <fit> takes no attribute'],
    ['a link to nowhere', '<a>x</a>', 'mine.liquid:1: <a> needs an href'],
    ['an unknown variable', 'x\n{{ titel }}', 'mine.liquid:2: there is no “titel”'],
    ['an unknown filter', '\n\n{{ title | shout }}', 'mine.liquid:3: there is no filter “shout”'],
    ['broken Liquid', '{% if title %}', 'mine.liquid:1: tag {% if title %} not closed'],
    [
      'an unknown setting',
      '---\ncard: true\ncrad: 1\n---\nx',
      'mine.liquid:3: unknown setting “crad”',
    ],
    [
      'a wrong setting',
      '---\ncard: yes please\n---\nx',
      'mine.liquid:2: card is true, false or above',
    ],
    ['broken YAML', '---\ncard: [\n---\nx', 'mine.liquid:2: front matter:'],
    ['front matter without end', '---\ncard: true\nx', 'mine.liquid:1: the front matter has no'],
    [
      'a mistake below front matter',
      '---\ncard: true\n---\n<p>',
      'mine.liquid:4: <p> is no element',
    ],
  ])('%s', (_what, source, message) => {
    expect(() => parseTemplate({ name: 'mine.liquid', source })).toThrow(
      expect.objectContaining({
        name: 'TemplateError',
        template: 'mine.liquid',
        message: expect.stringContaining(message),
      }),
    )
  })
})

test('elements within a comment are nobody’s business', async () => {
  expect(await html('{% comment %}<p>{% endcomment %}a')).toBe('a')
})

const cardOf = (source: string) => parseTemplate({ name: 'a', source }).settings.card

test('a card is drawn only where the template says so', () => {
  expect(cardOf('---\ncard: true\n---\nx')).toBe(true)
  expect(cardOf('---\ncard: false\n---\nx')).toBe(false)
  expect(cardOf('\u{feff}---\r\ncard: true\r\n---\r\nx')).toBe(true)
  expect(cardOf('x')).toBe(false)
})

test('a template can neither read files nor run for ever', async () => {
  await expect(html('{% include "/etc/hosts" %}')).rejects.toThrow('mine.liquid:1:')
  await expect(html('{% for i in (1..900000000) %}{{ i }}{% endfor %}')).rejects.toThrow(
    'mine.liquid:1:',
  )
})

test('values are text: their markup is escaped once, also where a template asks for it', async () => {
  const title = '<script>&amp;</script> {{ url }}'
  const escaped = '&lt;script&gt;&amp;amp;&lt;/script&gt; {{ url }}'
  expect(await html('{{ title }}', { title })).toBe(escaped)
  expect(await html('{{ title | escape }}', { title })).toBe(escaped)
})

test('hashtags are the valid ones, each spelling once, as many as wanted', async () => {
  const tags = ['États-Unis', '2026', 'étatsunis', 'Loire']
  expect(await html('{{ tags | hashtags }}', { tags })).toBe(
    '<hashtag>ÉtatsUnis</hashtag> <hashtag>Loire</hashtag>',
  )
  expect(await html('{{ tags | hashtags: 1 }}', { tags })).toBe('<hashtag>ÉtatsUnis</hashtag>')
  expect(await html('{{ title | hashtags }}', { title: 'Loire' })).toBe('<hashtag>Loire</hashtag>')
})

test('a shown address is short and readable', async () => {
  const shown = (url: string) => html('{{ url | short_link }}', { url })
  expect(await shown('https://www.exemple.fr/')).toBe('exemple.fr')
  expect(await shown('https://exemple.fr/a?p=4')).toBe('exemple.fr/a?p=4')
  expect(await shown('https://exemple.fr/%C3%A9t%C3%A9')).toBe('exemple.fr/été')
  expect(await shown('https://exemple.fr/%E0%A4%A')).toBe('exemple.fr/%E0%A4%A')
  expect(await shown('https://exemple.fr/un/chemin/assez/long')).toBe(
    'exemple.fr/un/chemin/assez/…',
  )
  expect(await html('{{ title | short_link }}', { title: 'rien' })).toBe('rien')
})

test('what is truncated keeps its emoji whole', async () => {
  expect(await html('{{ credit | truncate: 4 }}', { credit: '👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦' })).toBe('👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦…')
  expect(await html('{{ credit | truncate: 4 }}', { credit: 'TASS' })).toBe('TASS')
})
