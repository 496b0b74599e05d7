import { expect, test } from 'vitest'
import { parseTemplate, renderTemplate } from '../../../src/posts/template/template.ts'
import type { TemplateFile } from '../../../src/posts/template/template-file.ts'
import { articleOf } from './shipped.ts'

/** 200 KB. */
const content = 'Le pont, «neuf»: "oui"! https://a.fr/b 14:30 l\'eau... '.repeat(3700)
const loop = (within: string) => `{% for i in (1..9999) %}${within.repeat(20)}{% endfor %}`
const forty = (start: string, within: string) =>
  `{% assign s = ${start} %}{% for i in (1..40) %}${within}{% endfor %}{{ s }}`

// which of the two limits comes first depends on the machine
const ends = /this takes longer than half a second|this works on too much text at once/
const range = /a range goes to a number of at most four digits/

async function render(source: string, others: TemplateFile['others'] = {}): Promise<string> {
  const template = parseTemplate({ name: 'templates/mine.liquid', source, others })
  const article = articleOf({ content, tags: ['a', 'b'], publishedAt: '2026-11-24T09:00:00Z' })
  return (await renderTemplate(template, article, { hashtag: (name) => name })).html
}

test.each([
  ['a very long range', '{% for i in (1..100000000) %}{{ i }}{% endfor %}', range],
  [
    'a range past what can be counted',
    '{% assign a = "1e16" %}{% for i in (a..a) %}{% endfor %}',
    range,
  ],
  ['the same in a list of tags', '{% liquid\nassign a = 9\nfor i in (a..9)\nendfor %}', range],
  ['the same in a condition', '{% if title %}{% elsif (1..url) %}{% endif %}', range],
  ['loops within loops', loop(loop(loop('x'))), ends],
  ['a loop that writes the article', loop('{{ content }}'), ends],
  [
    'a loop as long as the article',
    '{% for i in (1..content.size) %}{{ content }}{% endfor %}',
    ends,
  ],
  ['text doubled by append', forty('content', '{% assign s = s | append: s %}'), ends],
  ['text doubled by prepend', forty('content', '{% assign s = s | prepend: s %}'), ends],
  [
    'text doubled by capture',
    forty('content', '{% capture s %}{{ s }}{{ s }}{% endcapture %}'),
    ends,
  ],
  ['text grown by replace', forty('title', '{% assign s = s | replace: "e", s %}'), ends],
  [
    'a list doubled',
    forty('tags', '{% assign s = s | concat: s %}'),
    /“concat” takes lists of at most 50000/,
  ],
  ['the article sorted by letters', '{{ content | split: "" | sort }}', /“sort” takes lists/],
  ['lists sorted over and over', loop('{% assign s = (1..9999) | reverse | sort %}'), ends],
  [
    'a table',
    '{% tablerow i in (1..9999) %}{{ i }}{% endtablerow %}',
    /there is no tag “tablerow”/,
  ],
  ['a cycle without end', loop(loop('{% cycle "a", "b" %}')), ends],
  [
    'a search that starts again and again',
    `{% capture p %}${'a'.repeat(300)}b${'a'.repeat(300)}{% endcapture %}{{ content | split: p }}`,
    /what is looked for has at most 200 characters/,
  ],
  [
    'the same in a condition',
    `{% capture p %}${'a'.repeat(300)}{% endcapture %}{% if content contains p %}{% endif %}`,
    /what is looked for has at most 200 characters/,
  ],
  [
    'a condition without end',
    `{% if ${'title and '.repeat(9000)}title %}{% endif %}`,
    /longer than/,
  ],
  ['filters without end', `{{ content ${'| upcase '.repeat(200)} }}`, ends],
  ['typography without end', loop('{{ content | typographie | size }}'), ends],
  ['words counted without end', loop('{{ content | truncate_words: 5000 | size }}'), ends],
  ['dates without end', loop(loop('{{ publishedAt | date: "full" }}')), ends],
  ['too deep', '{% if title %}'.repeat(6000), /nested too deeply/],
  ['too many braces', '{{'.repeat(45_000), /not closed/],
])('%s ends at once, with a line', async (_what, source, wrong) => {
  const said = await render(source).catch(({ message }: Error) => message)
  expect(said).toMatch(/^templates\/mine\.liquid:\d+: /)
  expect(said).toMatch(wrong)
})

test('every filter ends, whatever it is given', async () => {
  const { filterNames } = await import('../../../src/posts/template/engine.ts')
  for (const name of filterNames) {
    const given = name === 'date' ? 'url' : 'content'
    const written = await render(`{% assign x = ${given} | ${name}: "e", "f" %}fine`).catch(
      ({ message }: Error) => message,
    )
    expect(written).toMatch(/^fine$|^templates\/mine\.liquid:1: /)
  }
})

test.each([
  [
    'itself',
    { 'a.liquid': 'x\n{% render "a" %}' },
    /^templates\/a\.liquid:2: “a\.liquid” takes itself in/,
  ],
  [
    'each other',
    { 'a.liquid': '{% include "b" %}', 'b.liquid': '{% if title %}{% render "a" %}{% endif %}' },
    /^templates\/b\.liquid:1: “a\.liquid” takes itself in/,
  ],
  [
    'ever more of each other',
    Object.fromEntries(
      Array.from('abcdefghijklmnopqrstuvwxy', (letter, at) => [
        `${letter}.liquid`,
        `{% render "${'bcdefghijklmnopqrstuvwxyz'[at]}" %}`.repeat(4),
      ]).concat([['z.liquid', 'x']]),
    ),
    ends,
  ],
])('partials that take in %s end', async (_what, others, wrong) => {
  await expect(render('{% render "a" %}', others)).rejects.toThrow(wrong)
})
