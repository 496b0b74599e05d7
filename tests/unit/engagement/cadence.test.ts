import { describe, expect, test } from 'vitest'
import { nextLook } from '../../../src/engagement/cadence.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const published = new Date('2026-02-04T09:00:00Z')
const at = (ms: number) => new Date(published.getTime() + ms)

/** Every moment at which a program that is never off looks at one post. */
function allLooks(): number[] {
  const found: number[] = []
  let counted: Date | null = null
  let now = published
  for (;;) {
    const next = nextLook(published, counted, now)
    if (next === null) return found
    found.push(next.getTime() - published.getTime())
    counted = next
    now = next
  }
}

describe('the cadence', () => {
  test('is often at first, then daily for a week, then weekly for a month', () => {
    const hours = [1, 3, 6, 12].map((hour) => hour * HOUR)
    const days = [1, 2, 3, 4, 5, 6, 7, 14, 21, 28].map((day) => day * DAY)
    expect(allLooks()).toEqual([5 * MINUTE, 15 * MINUTE, ...hours, ...days])
  })

  test.each([
    { name: 'a look that came late', counted: 7 * MINUTE, now: 7 * MINUTE, next: 15 * MINUTE },
    { name: 'a look by hand between two', counted: 2 * HOUR, now: 2 * HOUR, next: 3 * HOUR },
    { name: 'never looked at, and off since', counted: null, now: 5 * HOUR, next: 5 * HOUR },
    { name: 'a day of absence', counted: HOUR, now: 26 * HOUR, next: 26 * HOUR },
    { name: 'after that look', counted: 26 * HOUR, now: 26 * HOUR, next: 2 * DAY },
    { name: 'the clock behind the publication', counted: -HOUR, now: -HOUR, next: 5 * MINUTE },
    { name: 'the last look done', counted: 28 * DAY, now: 28 * DAY, next: null },
    { name: 'older than its month', counted: null, now: 31 * DAY, next: null },
  ])('$name', ({ counted, now, next }) => {
    const look = nextLook(published, counted === null ? null : at(counted), at(now))
    expect(look).toEqual(next === null ? null : at(next))
  })
})
