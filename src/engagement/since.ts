import { Problem } from '../locale/problem.ts'

const HOUR_MS = 3_600_000
const unitsMs: Readonly<Record<string, number>> = {
  h: HOUR_MS,
  d: 24 * HOUR_MS,
  w: 7 * 24 * HOUR_MS,
}

/** The time over which posts are told of, where nobody says another. */
export const SINCE = '30d'

/**
 * From when on posts are told of, as people and scripts write it: `30d`, `12h`, `4w`, a day or a moment in
 * ISO 8601; null for `all`. Throws `usage-since`.
 */
export function sinceOf(typed: string, now: Date): Date | null {
  const wish = typed.trim()
  if (wish === 'all') return null
  const span = /^(\d{1,5})([hdw])$/.exec(wish)
  if (span !== null) {
    const ms = Number(span[1]) * (unitsMs[span[2] ?? ''] ?? 0)
    return new Date(now.getTime() - ms)
  }
  const moment = /^\d{4}-\d{2}-\d{2}(T.*)?$/.test(wish) ? new Date(wish) : null
  if (moment === null || Number.isNaN(moment.getTime())) {
    throw new Problem('usage-since', { typed })
  }
  return moment
}
