import { expect, test } from 'vitest'
import { countTries } from '../../../src/web/session/tries.ts'

/** A counter on a clock that stands until it is moved. */
function counting() {
  let now = Date.parse('2026-02-11T09:00:00Z')
  const tries = countTries(() => new Date(now))
  return { tries, later: (seconds: number) => (now += seconds * 1000) }
}

test('five tries are free, then each costs twice the wait of the one before, up to a quarter of an hour', () => {
  const { tries, later } = counting()
  for (let free = 0; free < 5; free += 1) expect(tries.begin('a')).toBe(0)
  const waits: number[] = []
  for (let more = 0; more < 10; more += 1) {
    const wait = tries.begin('a')
    waits.push(wait)
    later(wait)
    expect(tries.begin('a')).toBe(0)
  }
  expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900])
})

test('asking while one has to wait makes the wait no longer', () => {
  const { tries, later } = counting()
  for (let free = 0; free < 5; free += 1) tries.begin('a')
  later(2)
  for (let more = 0; more < 50; more += 1) expect(tries.begin('a')).toBe(3)
  later(3)
  expect(tries.begin('a')).toBe(0)
})

test('other addresses wait only where all together tried too often, and never for long', () => {
  const { tries, later } = counting()
  for (let free = 0; free < 5; free += 1) tries.begin('a')
  expect(tries.begin('a')).toBe(5)
  for (let other = 0; other < 55; other += 1) expect(tries.begin(`b${other}`)).toBe(0)
  expect(tries.begin('c')).toBe(5)
  for (let more = 0; more < 20; more += 1) {
    later(60)
    expect(tries.begin(`d${more}`)).toBe(0)
  }
  expect(tries.begin('c')).toBe(60)
})

test('who knows the password starts anew, and an hour forgets everything', () => {
  const { tries, later } = counting()
  for (let free = 0; free < 4; free += 1) tries.begin('a')
  tries.begin('a')
  tries.succeeded('a')
  for (let free = 0; free < 5; free += 1) expect(tries.begin('a')).toBe(0)
  expect(tries.begin('a')).toBe(5)
  later(3601)
  expect(tries.begin('a')).toBe(0)
  expect(tries.begin('a')).toBe(0)
})

test('of a hundred thousand addresses only the last are remembered', () => {
  const { tries, later } = counting()
  for (let free = 0; free < 5; free += 1) tries.begin('first')
  for (let other = 0; other < 6000; other += 1) {
    later(60)
    tries.begin(`b${other}`)
  }
  later(60)
  expect(tries.begin('first')).toBe(0)
})
