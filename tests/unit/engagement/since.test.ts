import { expect, test } from 'vitest'
import { sinceOf } from '../../../src/engagement/since.ts'
import { Problem } from '../../../src/locale/problem.ts'

const now = new Date('2026-02-04T09:00:00Z')

test.each([
  ['30d', '2026-01-05T09:00:00.000Z'],
  ['12h', '2026-02-03T21:00:00.000Z'],
  ['2w', '2026-01-21T09:00:00.000Z'],
  ['2026-01-01', '2026-01-01T00:00:00.000Z'],
  ['2026-01-01T12:00:00+01:00', '2026-01-01T11:00:00.000Z'],
])('%s', (typed, expected) => {
  expect(sinceOf(typed, now)?.toISOString()).toBe(expected)
})

test('all is without a beginning', () => {
  expect(sinceOf('all', now)).toBeNull()
})

test.each(['', 'yesterday', '30', '-3d', '2026-13-45', '2026', '9999999d'])(
  '“%s” is none',
  (typed) => {
    expect(() => sinceOf(typed, now)).toThrow(Problem)
  },
)
