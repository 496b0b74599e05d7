import { describe, expect, test } from 'vitest'
import { merged, sameCounts, unknownCounts } from '../../../src/engagement/merge.ts'
import type { Counts } from '../../../src/platforms/platform.ts'

const counts = (some: Partial<Counts>): Counts => ({ ...unknownCounts, ...some })
const about = ['likes' as const]

describe('what is known after an answer', () => {
  test.each([
    ['numbers rise', { likes: 3 }, { likes: 7 }, { likes: 7 }],
    ['numbers fall', { likes: 7, reposts: 2 }, { likes: 5, reposts: 0 }, { likes: 5, reposts: 0 }],
    ['what is told no more stays', { likes: 7, quotes: 2 }, { likes: 8 }, { likes: 8, quotes: 2 }],
    ['what was never told stays unknown', {}, { likes: 0 }, { likes: 0 }],
    ['no number is too large to keep', {}, { likes: 1e15 }, { likes: 2_147_483_647 }],
    ['nothing told changes nothing', { likes: 7 }, {}, { likes: 7 }],
  ])('%s', (_name, known, told, expected) => {
    expect(merged(counts(known), counts(told))).toEqual(counts(expected))
  })

  test.each([
    ['an exact number is kept', 1234, 1200, 1234],
    ['also where it was cut, not rounded', 1299, 1200, 1299],
    ['and for three digits', 55_249, 55_200, 55_249],
    ['beyond rounding it is replaced', 1234, 1400, 1400],
    ['downwards too', 1234, 1100, 1100],
    ['a sum of several rounded ones is kept', 2489, 2305, 2489],
    ['by far', 12, 1_500_000, 1_500_000],
  ])('%s', (_name, exact, rounded, expected) => {
    const after = merged(counts({ likes: exact }), counts({ likes: rounded, rounded: about }))
    expect(after.likes).toBe(expected)
    expect(after.rounded).toEqual(expected === exact ? [] : about)
  })

  test('an exact number replaces a rounded one', () => {
    const after = merged(counts({ likes: 1200, rounded: about }), counts({ likes: 1234 }))
    expect(after).toEqual(counts({ likes: 1234 }))
  })

  test('a rounded number that is told no more stays marked', () => {
    const known = counts({ views: 1200, rounded: ['views'] })
    expect(merged(known, counts({ likes: 1 }))).toEqual({ ...known, likes: 1 })
  })
})

test('the same number, now exact, is a change', () => {
  const exact = counts({ likes: 1200 })
  expect(sameCounts(exact, counts({ likes: 1200 }))).toBe(true)
  expect(sameCounts(exact, counts({ likes: 1200, rounded: about }))).toBe(false)
  expect(sameCounts(exact, counts({ likes: 1200, views: 0 }))).toBe(false)
})
