import { expect, test } from 'vitest'
import { parseTemplate, renderTemplate } from '../../../../src/posts/template/template.ts'
import type { TemplateFile } from '../../../../src/posts/template/template-file.ts'
import { articleOf } from '../shipped.ts'

const others = {
  'signature.liquid': '\u{feff}— {{ who }}\r\n{{ url }}',
  'tag.liquid': '#{{ tag }}{{ forloop.index }}',
  'broken.liquid': 'a\n{% if %}',
  'typing.liquid': 'a\n\n{{ titel }}',
  'element.liquid': '\n<p>',
  'front.liquid': '---\ncard: true\n---\nx',
  'deep.liquid': '{% render "signature", who: "x" %}',
  'notes.txt': 'x',
}

async function render(source: string, files: TemplateFile['others'] = others): Promise<string> {
  const template = parseTemplate({ name: 'data/templates/mine.liquid', source, others: files })
  const article = articleOf({ url: 'https://exemple.fr/a', tags: ['a', 'b'] })
  return (await renderTemplate(template, article, { hashtag: (name) => name })).html
}

test('a partial knows the article, and what it is handed', async () => {
  const signed = '— moi\nhttps://exemple.fr/a'
  expect(await render('{% render "signature", who: "moi" %}')).toBe(signed)
  expect(await render("{% render 'signature.liquid', who: 'moi' %}")).toBe(signed)
  expect(await render('{% assign who = "moi" %}{% include "signature" %}')).toBe(signed)
  expect(await render('{% render "deep" %}')).toBe('— x\nhttps://exemple.fr/a')
})

test('a partial can be written once for each of a list', async () => {
  expect(await render('{% render "tag" for tags as tag %}')).toBe('#a1#b2')
  expect(await render('{% for tag in tags %}{% include "tag" %}{% endfor %}')).toBe('#a1#b2')
  expect(await render('{% render "tag" with title %}')).toBe('#Le pont rouvre lundi')
})

test.each([
  ['/etc/passwd', '“/etc/passwd” is no file of this folder, and nothing else can be read'],
  ['../signature', '“../signature” is no file of this folder'],
  ['./signature', '“./signature” is no file of this folder'],
  ['deeper/signature', '“deeper/signature” is no file of this folder'],
  ['..', '“..” is no file of this folder'],
  ['signatur', 'there is no file “signatur.liquid” in this folder; there are signature.liquid, '],
  ['notes.txt', 'there is no file “notes.txt.liquid” in this folder'],
  ['__proto__', 'there is no file “__proto__.liquid” in this folder'],
])('%s cannot be taken in', async (name, told) => {
  for (const tag of ['render', 'include']) {
    await expect(render(`\n{% ${tag} "${name}" %}`)).rejects.toThrow(
      `data/templates/mine.liquid:2: ${told}`,
    )
  }
})

test('a partial is not named by what an article says', async () => {
  const told = 'mine.liquid:1: a partial is named by a plain text in quotes'
  await expect(render('{% include title %}')).rejects.toThrow(told)
  await expect(render('{% render "a{{ title }}" %}')).rejects.toThrow(told)
})

test.each([
  ['broken', 'data/templates/broken.liquid:2: '],
  ['typing', 'data/templates/typing.liquid:3: there is no “titel”'],
  ['element', 'data/templates/element.liquid:2: <p> is no element'],
  ['front', 'data/templates/front.liquid:1: front matter is for the template itself'],
])('a mistake in a partial is told with that file: %s', async (name, told) => {
  await expect(render(`{% render "${name}" %}`)).rejects.toThrow(told)
})

test('partials that nobody takes in may be anything', async () => {
  expect(await render('a')).toBe('a')
})
