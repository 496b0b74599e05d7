/** A delivery is tried for a day, counted from when it first could go; then it fails aloud. */
export const TRY_FOR_MS = 24 * 3_600_000

const FIRST_MS = 5_000
const LONGEST_MS = 30 * 60_000

/**
 * How long to wait before the next try after `tries` of them: growing by three, at most half an hour, with a
 * jitter of ±20 % so that what failed together does not come back together. Retry has this one owner.
 */
export function backoffMs(tries: number, random: () => number): number {
  const steady = Math.min(FIRST_MS * 3 ** Math.max(0, tries - 1), LONGEST_MS)
  return Math.round(steady * (0.8 + 0.4 * random()))
}
