import { describe, expect, test } from 'vitest'
import { firstSentences, handWritten } from '../../../src/articles/excerpt.ts'

const text =
  'La rivière monte depuis lundi, et personne ne s’en étonne plus. Le maire a fait poser des planches devant les caves.'

describe('a hand-written excerpt', () => {
  test.each([
    ['a cut of the text', 'La rivière monte depuis lundi, et personne ne […]'],
    ['a cut with another ellipsis', 'La rivière monte depuis lundi, et personne ne…'],
    ['a cut without any mark', 'La rivière monte depuis lundi, et personne'],
    ['the whole text', text],
    [
      'a cut behind a share bar',
      'Partager sur Facebook La rivière monte depuis lundi, et personne ne s’en étonne plus.',
    ],
    ['a cut of something else', 'Un tout autre début qui s’arrête net […]'],
  ])('is not %s', (_, candidate) => expect(handWritten([candidate], [text])).toBeNull())

  test('is one that the text does not begin with', () => {
    expect(handWritten(['La riv… […]', 'Une crue sans histoire, ou presque…'], [text])).toBe(
      'Une crue sans histoire, ou presque…',
    )
  })

  test('is not the share bar of an article without text', () => {
    expect(
      handWritten(['Partager sur Facebook Views: 29'], [null, 'Partager sur Facebook Views: 29']),
    ).toBeNull()
  })
})

describe('the first sentences', () => {
  test('end with a sentence', () => {
    const excerpt = firstSentences(`${text} ${text} ${text} ${text}`, 'fr')
    expect(excerpt).toBe(
      `${text} ${text} La rivière monte depuis lundi, et personne ne s’en étonne plus.`,
    )
  })

  test('are not cut after «M.»', () => {
    expect(
      firstSentences(`M. Dupont ${'parle '.repeat(50)}longtemps. Puis il se tait.`, 'fr'),
    ).toBe(`M. Dupont ${'parle '.repeat(50)}longtemps.`)
  })

  test('of nothing are none', () => expect(firstSentences(null, null)).toBeNull())

  test('of a long text are found at once', () => {
    const before = process.cpuUsage()
    firstSentences('mot '.repeat(500_000), 'fr')
    expect(process.cpuUsage(before).user).toBeLessThan(1_000_000)
  })
})
