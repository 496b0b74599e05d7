import { describe, expect, test } from 'vitest'
import { parseSections } from '../../../src/posts/segments.ts'

const segments = (html: string) => parseSections('mine.liquid', html)[0] ?? []
const text = (html: string) =>
  segments(html)
    .map((one) => one.text)
    .join('')

describe('white space', () => {
  test.each([
    ['line feeds are kept', 'a\nb', 'a\nb'],
    ['an indented template', '  a\n\tb  \n', 'a\nb'],
    ['several blanks are one', 'a  \t b', 'a b'],
    ['blanks across elements too', '<b>a </b> b', 'a b'],
    [
      'no-break spaces are letters',
      ' \u00a0a\u00a0\u00a0: b\u202f!',
      '\u00a0a\u00a0\u00a0: b\u202f!',
    ],
    ['several empty lines are one', 'a\n\n \n\n\nb', 'a\n\nb'],
    ['nothing at the ends', '\n\n a \n\n', 'a'],
    ['an element without words takes its line away', 'a\n<i></i>\nb', 'a\nb'],
    ['but no other line', 'a\n\n<i></i>\n\nb', 'a\n\nb'],
    ['and nothing beside it', 'a\nx <i> </i>\nb', 'a\nx\nb'],
    ['<br> is a line feed', 'a<br>b<br/>c', 'a\nb\nc'],
    ['a code block keeps its blanks', '<pre>if  x\n    y</pre>', 'if  x\n    y'],
    ['line ends of other systems', 'a\r\nb\rc', 'a\nb\nc'],
    ['no control characters', 'a\u0000\u0007b', 'ab'],
    ['no halves of characters', 'a\ud83d b', 'a\u{fffd} b'],
  ])('%s', (_what, html, expected) => {
    expect(text(html)).toBe(expected)
  })
})

test('elements become segments with their meaning', () => {
  expect(
    segments(
      '<b>Titre <i>gras</i></b>\n<a href="https://exemple.fr/?a=1&amp;b=2">lire</a> <hashtag>Loire</hashtag>',
    ),
  ).toEqual([
    { text: 'Titre ', styles: ['bold'] },
    { text: 'gras', styles: ['bold', 'italic'] },
    { text: '\n' },
    { text: 'lire', link: 'https://exemple.fr/?a=1&b=2' },
    { text: ' ' },
    { text: '#Loire', hashtag: 'Loire' },
  ])
})

test('elastic pieces know their order, the inner one decides', () => {
  expect(segments('<fit>a</fit><fit order="3">b<fit order="2">c</fit></fit>')).toEqual([
    { text: 'a', fit: 1 },
    { text: 'b', fit: 3 },
    { text: 'c', fit: 2 },
  ])
})

test('entities are decoded once', () => {
  expect(segments('&amp;lt; &#39;&nbsp;&eacute;')).toEqual([{ text: "&lt; '\u00a0é" }])
})

test('a link that leads nowhere safe is just its words', () => {
  for (const href of ['javascript:alert(1)', '', '/chemin', 'https://', 'data:text/html,x']) {
    expect(segments(`<a href="${href}">lire</a>`)).toEqual([{ text: 'lire' }])
  }
  expect(segments('<a href=" https://exemple.fr/a b ">lire</a>')).toEqual([
    { text: 'lire', link: 'https://exemple.fr/a%20b' },
  ])
})

test.each([
  ['<p>x</p>', '<p> is no element of a post'],
  ['<script>x</script>', '<script> is no element of a post'],
  ['<b onclick="x">y</b>', '<b> takes no attribute “onclick”'],
  ['<b>x', '<b> is not closed'],
  ['<b><i>x</b></i>', '<i> is not closed'],
  ['<fit order="zwei">x</fit>', 'order="zwei" is no number from 1'],
])('%s is refused', (html, message) => {
  expect(() => segments(html)).toThrow(`mine.liquid: ${message}`)
})
