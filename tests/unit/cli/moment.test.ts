import { expect, test } from 'vitest'
import { momentOf } from '../../../src/cli/moment.ts'
import { Problem } from '../../../src/locale/problem.ts'

const at = (typed: string, zone: string, now: string) =>
  momentOf(typed, zone, new Date(now)).toISOString()

test('an hour is taken in the zone, today where it is still to come, else tomorrow', () => {
  expect(at('18:00', 'Europe/Paris', '2026-02-04T12:00:00Z')).toBe('2026-02-04T17:00:00.000Z')
  expect(at('8:30', 'Europe/Paris', '2026-02-04T12:00:00Z')).toBe('2026-02-05T07:30:00.000Z')
})

test('the night the clocks change is no surprise', () => {
  expect(at('18:00', 'Europe/Paris', '2026-03-28T20:00:00Z')).toBe('2026-03-29T16:00:00.000Z')
  expect(at('01:30', 'Europe/Paris', '2026-10-24T23:00:00Z')).toBe('2026-10-24T23:30:00.000Z')
})

test('ISO 8601 is taken as it is', () => {
  expect(at('2026-02-04T18:00:00+01:00', 'UTC', '2026-01-01T00:00:00Z')).toBe(
    '2026-02-04T17:00:00.000Z',
  )
})

test('without an offset it is meant in the zone', () => {
  expect(at('2026-07-04T18:00', 'Europe/Paris', '2026-01-01T00:00:00Z')).toBe(
    '2026-07-04T16:00:00.000Z',
  )
})

test.each(['2026-02-31T18:00', '25:00', 'tomorrow', '18h', '2026-13-41T18:00', ''])(
  '«%s» is no moment',
  (typed) => {
    expect(() => at(typed, 'UTC', '2026-02-04T12:00:00Z')).toThrow(Problem)
  },
)
