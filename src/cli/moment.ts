import { Problem } from '../locale/problem.ts'

/**
 * A moment as people type it: ISO 8601, or `18:00` in the given time zone, today, or tomorrow where that is past.
 * Throws `usage-time`.
 */
export function momentOf(typed: string, timeZone: string, now: Date): Date {
  const clock = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(typed)
  if (clock !== null) {
    const on = (day: Date) => onClock(dayIn(day, timeZone), clock[1], clock[2], timeZone)
    const today = on(now)
    return today > now ? today : on(new Date(now.getTime() + 86_400_000))
  }
  const iso = ISO.exec(typed)
  const day = iso?.[1] ?? ''
  if (iso === null || !isDay(day) || Number.isNaN(Date.parse(typed))) {
    throw new Problem('usage-time', { typed })
  }
  return iso[4] === undefined ? onClock(day, iso[2], iso[3], timeZone) : new Date(typed)
}

const ISO = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/

/** 31 February is none, though `Date.parse` takes it for 3 March. */
function isDay(day: string): boolean {
  const parsed = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day)
}

/** The zone's day of that moment, as in ISO 8601. */
function dayIn(moment: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(moment)
}

/** That hour and minute of that day in the zone; daylight saving is asked of the zone itself, twice. */
function onClock(
  day: string,
  hour: string | undefined,
  minute: string | undefined,
  timeZone: string,
): Date {
  const wall = Date.parse(`${day}T${(hour ?? '').padStart(2, '0')}:${minute}:00Z`)
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
