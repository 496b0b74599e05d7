import { Problem } from '../locale/problem.ts'

/**
 * A moment as people type it: ISO 8601, or `18:00` in the given time zone, today, or tomorrow where that is past.
 * Throws `usage-time`.
 */
export function momentOf(typed: string, timeZone: string, now: Date): Date {
  const clock = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(typed)
  if (clock !== null) {
    const today = onClock(now, Number(clock[1]), Number(clock[2]), timeZone)
    return today > now
      ? today
      : onClock(new Date(now.getTime() + 86_400_000), Number(clock[1]), Number(clock[2]), timeZone)
  }
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(typed) || Number.isNaN(Date.parse(typed))) {
    throw new Problem('usage-time', { typed })
  }
  return new Date(typed)
}

/** That hour and minute on the zone's day of `day`; daylight saving is asked of the zone itself, twice. */
function onClock(day: Date, hour: number, minute: number, timeZone: string): Date {
  const date = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(day)
  const wall = Date.parse(
    `${date}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00Z`,
  )
  const first = wall - offsetMs(new Date(wall), timeZone)
  return new Date(wall - offsetMs(new Date(first), timeZone))
}

/** How far the zone's clocks are ahead of UTC at that moment. */
function offsetMs(moment: Date, timeZone: string): number {
  const wall = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(moment)
  return Date.parse(`${wall.replace(' ', 'T')}Z`) - Math.floor(moment.getTime() / 1000) * 1000
}
