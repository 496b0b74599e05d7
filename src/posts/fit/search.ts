import type { Cost } from '../post.ts'

/**
 * How many of `length` units fit. Guesses from what was measured, from about as many as there is room for, since to
 * measure takes a while.
 */
export function mostOf(length: number, costOf: (units: number) => Cost): number {
  let low = 0
  let high = length + 1
  let guess = Math.min(costOf(0).limit, length)
  while (high - low > 1) {
    const { count, limit, fits } = costOf(guess)
    if (fits) low = guess
    else high = guess
    if (fits && count === limit) break
    const aim = Math.floor((guess * limit) / Math.max(count, 1))
    const open = high > length
    if (open) guess = Math.min(Math.max(aim, low + 1), length)
    else guess = low < aim && aim < high ? aim : (low + high) >> 1
  }
  return low
}
