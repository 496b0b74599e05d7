const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** How long after its publication a post is looked at for the first time. */
export const FIRST_LOOK_MS = 5 * MINUTE_MS

/** So long after its publication a post is looked at no more. */
export const COUNTED_FOR_MS = 30 * DAY_MS

/** Milliseconds after publication: often while it is new, daily for a week, weekly for a month. */
const looks = [
  FIRST_LOOK_MS,
  15 * MINUTE_MS,
  HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  ...[1, 2, 3, 4, 5, 6, 7, 14, 21, 28].map((days) => days * DAY_MS),
]

/**
 * When a post is to be counted next, never before `now`; null once its month is over. Looks that were missed are
 * not made up for: one look now, and the cadence goes on.
 */
export function nextLook(publishedAt: Date, countedAt: Date | null, now: Date): Date | null {
  const since = countedAt === null ? 0 : countedAt.getTime() - publishedAt.getTime()
  const after = looks.find((look) => look > since)
  if (after === undefined || now.getTime() - publishedAt.getTime() > COUNTED_FOR_MS) return null
  return new Date(Math.max(publishedAt.getTime() + after, now.getTime()))
}
