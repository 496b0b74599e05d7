import { expect, test } from 'vitest'
import { baseOf, languageOf } from '../../../src/articles/language.ts'

const french =
  'Le marché du samedi a retrouvé ses étals le long du quai, et les habitués disent que le pain y est meilleur qu’avant.'

test.each<[string, string, string[], string | null]>([
  ['a long text against the site', french, ['en-US'], 'fr'],
  [
    'English',
    'The market is back on the quay this Saturday, and everybody says that the bread is better than before.',
    ['fr_FR'],
    'en',
  ],
  ['Arabic, however short', 'في مدينتنا حديقة جميلة على ضفة النهر', ['fr_FR'], 'ar'],
  ['a short text by what is declared', 'En images', ['fr_FR', 'en-US'], 'fr'],
  ['tags that are none', 'En images', ['x', '', 'français', 'fr'], 'fr'],
  ['nothing at all', '', [], null],
])('%s', async (_, text, declared, language) => {
  expect(await languageOf(text, declared)).toBe(language)
})

test('three letters become two', () => {
  expect([baseOf('fra'), baseOf('arb'), baseOf('pt_BR'), baseOf('cmn')]).toEqual([
    'fr',
    'ar',
    'pt',
    'zh',
  ])
})
