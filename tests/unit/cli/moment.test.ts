import { describe, expect, test } from 'vitest'
import { momentOf, tellExactly } from '../../../src/cli/moment.ts'
import { Problem } from '../../../src/locale/problem.ts'

const at = (typed: string, zone: string, now: string) =>
  momentOf(typed, zone, new Date(now)).at.toISOString()

test('an hour is taken in the zone, today where it is still to come, else tomorrow', () => {
  expect(at('18:00', 'Europe/Paris', '2026-02-04T12:00:00Z')).toBe('2026-02-04T17:00:00.000Z')
  expect(at('8:30', 'Europe/Paris', '2026-02-04T12:00:00Z')).toBe('2026-02-05T07:30:00.000Z')
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

/** Paris goes forward on 29 March 2026 at 01:00 UTC (02:00 → 03:00), and back on 25 October at 01:00 UTC. */
describe('the night the clocks change', () => {
  const rows: [string, string, string, string, string | null][] = [
    ['18:00', 'Europe/Paris', '2026-03-28T20:00:00Z', '2026-03-29T16:00:00.000Z', null],
    ['01:30', 'Europe/Paris', '2026-10-24T23:00:00Z', '2026-10-24T23:30:00.000Z', null],
    ['01:59', 'Europe/Paris', '2026-03-28T23:30:00Z', '2026-03-29T00:59:00.000Z', null],
    // is not shown by any clock: what would be 02:30 without the change
    ['02:30', 'Europe/Paris', '2026-03-28T23:30:00Z', '2026-03-29T01:30:00.000Z', 'skipped'],
    [
      '2026-03-29T02:00',
      'Europe/Paris',
      '2026-01-01T00:00:00Z',
      '2026-03-29T01:00:00.000Z',
      'skipped',
    ],
    ['2026-03-29T03:00', 'Europe/Paris', '2026-01-01T00:00:00Z', '2026-03-29T01:00:00.000Z', null],
    // is shown twice: the first, unless that is past
    ['02:30', 'Europe/Paris', '2026-10-24T23:00:00Z', '2026-10-25T00:30:00.000Z', 'twice'],
    ['02:30', 'Europe/Paris', '2026-10-25T00:45:00Z', '2026-10-25T01:30:00.000Z', 'twice'],
    ['02:30', 'Europe/Paris', '2026-10-25T02:00:00Z', '2026-10-26T01:30:00.000Z', null],
    [
      '2026-10-25T02:00',
      'Europe/Paris',
      '2026-01-01T00:00:00Z',
      '2026-10-25T00:00:00.000Z',
      'twice',
    ],
    ['2026-10-25T03:00', 'Europe/Paris', '2026-01-01T00:00:00Z', '2026-10-25T02:00:00.000Z', null],
    // tomorrow, though this day has 25 hours, or 23
    ['00:05', 'Europe/Paris', '2026-10-24T22:10:00Z', '2026-10-25T23:05:00.000Z', null],
    ['23:50', 'Europe/Paris', '2026-03-29T21:55:00Z', '2026-03-30T21:50:00.000Z', null],
    // by half an hour, at another time of the year
    [
      '2026-10-04T02:15',
      'Australia/Lord_Howe',
      '2026-01-01T00:00:00Z',
      '2026-10-03T15:45:00.000Z',
      'skipped',
    ],
    [
      '2026-04-05T01:45',
      'Australia/Lord_Howe',
      '2026-01-01T00:00:00Z',
      '2026-04-04T14:45:00.000Z',
      'twice',
    ],
    // at midnight
    [
      '2026-09-06T00:30',
      'America/Santiago',
      '2026-01-01T00:00:00Z',
      '2026-09-06T04:30:00.000Z',
      'skipped',
    ],
    [
      '2026-02-04T12:00',
      'Asia/Kathmandu',
      '2026-01-01T00:00:00Z',
      '2026-02-04T06:15:00.000Z',
      null,
    ],
  ]
  test.each(rows)('%s in %s, typed at %s, is %s (%s)', (typed, zone, now, moment, doubt) => {
    const meant = momentOf(typed, zone, new Date(now))
    expect([meant.at.toISOString(), meant.doubt]).toEqual([moment, doubt])
  })

  test('which moment is meant can be told', () => {
    const config = { locale: 'en', timeZone: 'Europe/Paris' } as const
    expect(tellExactly(new Date('2026-10-25T00:30:00Z'), config)).toBe('October 25 at 02:30 GMT+2')
    expect(tellExactly(new Date('2026-10-25T01:30:00Z'), config)).toBe('October 25 at 02:30 GMT+1')
  })
})

test.each(['2026-02-31T18:00', '25:00', 'tomorrow', '18h', '2026-13-41T18:00', ''])(
  '«%s» is no moment',
  (typed) => {
    expect(() => at(typed, 'UTC', '2026-02-04T12:00:00Z')).toThrow(Problem)
  },
)
