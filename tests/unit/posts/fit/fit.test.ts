import { describe, expect, test } from 'vitest'
import { fit } from '../../../../src/posts/fit/fit.ts'
import type { Segment } from '../../../../src/posts/post.ts'
import { parseSections } from '../../../../src/posts/segments.ts'

/** Fits into `limit` graphemes. */
function fitted(html: string | Segment[], limit: number, dropHashtags = true) {
  const segments = typeof html === 'string' ? (parseSections('mine.liquid', html)[0] ?? []) : html
  const cost = (some: Segment[]) => {
    const count = [...new Intl.Segmenter().segment(some.map((one) => one.text).join(''))].length
    return { count, limit, fits: count <= limit }
  }
  const result = fit(segments, cost, { dropHashtags })
  return { ...result, text: result.segments.map((one) => one.text).join('') }
}

/** The elastic text alone, shortened: long enough to be worth keeping, since it is all there is. */
const shortened = (text: string, limit: number) => fitted([{ text, fit: 1 }], limit).text

describe('where a text is cut', () => {
  test.each([
    ['what fits stays', 'Un mot.', 7, 'Un mot.'],
    [
      'at the end of a sentence',
      'Le pont rouvre lundi. Les vélos passent.',
      30,
      'Le pont rouvre lundi…',
    ],
    [
      'at a word, where a sentence would keep too little',
      'Oui. Le pont de la Loire rouvre lundi matin',
      30,
      'Oui. Le pont de la Loire…',
    ],
    [
      'not at an abbreviation',
      'Le discours de M. Durand devant les ouvriers',
      22,
      'Le discours de M…',
    ],
    ['no comma before the «…»', 'Le pont, la route, le quai et la gare', 19, 'Le pont, la route…'],
    ['no opening quotation mark', 'Il a dit : «\u00a0bonjour\u00a0» à tous', 16, 'Il a dit…'],
    ['no opening bracket', 'Le vieux pont (Loire) rouvre', 16, 'Le vieux pont…'],
    [
      '«French» punctuation stays with its word',
      'Quoi\u00a0? Vraiment\u202f! Le pont',
      19,
      'Quoi\u00a0? Vraiment\u202f!…',
    ],
    ['also with an ordinary space', 'Il a crié bravo ! Le pont rouvre', 17, 'Il a crié…'],
    ['«…» once', 'Le pont… rouvre lundi matin', 12, 'Le pont…'],
    ['apostrophes do not end words', 'Le maire a inauguré l’avenue', 23, 'Le maire a inauguré…'],
    ['one very long word at a grapheme', 'a'.repeat(50), 20, `${'a'.repeat(19)}…`],
    ['emoji families stay whole', '👨‍👩‍👧‍👦'.repeat(10), 5, `${'👨‍👩‍👧‍👦'.repeat(4)}…`],
    ['flags too', '🇫🇷'.repeat(10), 4, '🇫🇷🇫🇷🇫🇷…'],
    ['stacked accents too', 'e\u0301\u0323'.repeat(10), 4, `${'e\u0301\u0323'.repeat(3)}…`],
    ['Arabic at a word', 'أعيد فتح الجسر القديم أمام المشاة', 16, 'أعيد فتح الجسر…'],
    ['Chinese and Japanese at a word', '東京都の古い橋が月曜日に再開する', 10, '東京都の古い橋が…'],
    [
      'an address stays whole',
      'Lire le dossier sur https://exemple.fr/un/chemin/long vite',
      34,
      'Lire le dossier sur…',
    ],
    ['so does a domain', 'Lire le dossier sur exemple.fr/chemin vite', 28, 'Lire le dossier sur…'],
    [
      'an address within a script without blanks',
      '詳しくは公式サイト。案内はhttps://exemple.jp/abc',
      24,
      '詳しくは公式サイト。案内は…',
    ],
    [
      'a mention stays whole',
      '東京都の古い橋が月曜日に再開@maire_de_nantes',
      20,
      '東京都の古い橋が月曜日に再開…',
    ],
    [
      'a hashtag stays whole',
      '東京都の古い橋が月曜日に再開#loire_atlantique',
      20,
      '東京都の古い橋が月曜日に再開…',
    ],
  ])('%s', (_what, text, limit, expected) => {
    expect(shortened(text, limit)).toBe(expected)
  })
})

const words =
  'Après deux ans de travaux sur la rive sud, les cyclistes passent d’abord et les autos ensuite'

describe('what goes first', () => {
  test('the lowest number is shortened first, and the report says so', () => {
    const {
      text,
      shortened: cut,
      dropped,
    } = fitted(`<fit order="2">Le pont rouvre lundi</fit>\n\n<fit>${words}</fit>`, 80)
    expect(text).toBe(
      'Le pont rouvre lundi\n\nAprès deux ans de travaux sur la rive sud, les cyclistes…',
    )
    expect({ cut, dropped }).toEqual({ cut: [words], dropped: [] })
  })

  test('what would say too little goes whole, with its empty line', () => {
    const {
      text,
      shortened: cut,
      dropped,
    } = fitted(`<fit order="2">Le pont rouvre lundi</fit>\n\n<fit>${words}</fit>\n\nfin`, 50)
    expect(text).toBe('Le pont rouvre lundi\n\nfin')
    expect({ cut, dropped }).toEqual({ cut: [], dropped: [words] })
  })

  test('the last number stays, however short', () => {
    expect(fitted(`<fit order="2">${words}</fit>\n<fit>x</fit>\nfin`, 30).text).toBe(
      'Après deux ans de travaux…\nfin',
    )
  })

  test('hashtags go from the end before the last words get too short', () => {
    const { text, dropped } = fitted(
      `<fit order="2">${words}</fit>\n<fit>x</fit>\n<hashtag>Loire</hashtag> <hashtag>Nantes</hashtag> <hashtag>Pont</hashtag>`,
      56,
    )
    expect(text).toBe('Après deux ans de travaux sur la rive sud, les…\n#Loire')
    expect(dropped).toEqual(['x', '#Pont', '#Nantes'])
  })

  test('hashtags go where the fixed part alone is too long', () => {
    const { text, dropped, excess } = fitted(
      'Le pont rouvre\n\n<hashtag>Loire</hashtag> <hashtag>Nantes</hashtag>',
      22,
    )
    expect({ text, dropped, excess }).toEqual({
      text: 'Le pont rouvre\n\n#Loire',
      dropped: ['#Nantes'],
      excess: 0,
    })
  })

  test('where nothing more can go, the excess is told', () => {
    expect(fitted(`Le pont rouvre lundi\n<fit>${words}</fit>`, 15)).toMatchObject({
      text: 'Le pont rouvre lundi',
      excess: 5,
    })
  })

  test('pieces that share a number are one text, cut at its end', () => {
    expect(fitted(`<fit>Le <b>pont</b> de la rive sud</fit>\n<fit>${words}</fit>`, 78).text).toBe(
      'Le pont de la rive sud\nAprès deux ans de travaux sur la rive sud, les…',
    )
    expect(fitted('<fit>Le <b>pont neuf</b> de la rive</fit>', 15).segments).toEqual([
      { text: 'Le ', fit: 1 },
      { text: 'pont neuf…', styles: ['bold'], fit: 1 },
    ])
  })

  test('white space at the ends of what is shortened stays', () => {
    const cut = fitted([{ text: `${words}\n\n`, fit: 1 }, { text: '\n\nfin' }], 60).text
    expect(cut).toBe(
      'Après deux ans de travaux sur la rive sud, les cyclistes…\n\nfin'.replace(' cyclistes', ''),
    )
    expect(fitted([{ text: `${words} `, fit: 1 }, { text: ' fin' }], 60).text).toMatch(/… fin$/)
    expect(fitted([{ text: 'x' }, { text: ` ${words} `, fit: 1 }, { text: 'fin' }], 20).text).toBe(
      'x fin',
    )
  })

  test('a link or hashtag within an elastic text is whole or gone', () => {
    const html =
      '<fit>Lire le dossier complet <a href="https://exemple.fr/">sur la page du chantier</a> demain</fit>'
    expect(fitted(html, 40).text).toBe('Lire le dossier complet…')
    const after = fitted(html, 50).segments
    expect(after.map((one) => one.text)).toEqual([
      'Lire le dossier complet ',
      'sur la page du chantier',
      '…',
    ])
    expect(after.at(-1)).not.toHaveProperty('link')
  })
})
