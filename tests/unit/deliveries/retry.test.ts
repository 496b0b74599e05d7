import { expect, test } from 'vitest'
import { backoffMs } from '../../../src/deliveries/retry.ts'

const middle = () => 0.5

test('waits grow by three and stop at half an hour', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 50].map((tries) => backoffMs(tries, middle) / 1000)).toEqual([
    5, 15, 45, 135, 405, 1215, 1800, 1800,
  ])
})

test('the jitter stays within a fifth either way', () => {
  expect(backoffMs(1, () => 0)).toBe(4000)
  expect(backoffMs(1, () => 1)).toBe(6000)
})
