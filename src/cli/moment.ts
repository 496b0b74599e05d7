import type { Config } from '../config/config.ts'
import { Problem } from '../locale/problem.ts'

/**
 * A moment that was typed. `doubt`: in the night the clocks change, that hour and minute is `skipped` (the same time
 * after the change is meant) or comes `twice` (the first that is still to come is meant).
 */
export interface Typed {
  at: Date
  doubt: 'skipped' | 'twice' | null
}

/**
 * A moment as people type it: ISO 8601, or `18:00` in the given time zone, today, or tomorrow where that is past.
 * Throws `usage-time`.
 */
export function momentOf(typed: string, timeZone: string, now: Date): Typed {
  const clock = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(typed)
  if (clock !== null) {
    const time = `${(clock[1] ?? '').padStart(2, '0')}:${clock[2]}`
    const today = dayIn(now, timeZone)
    const still = onClock(today, time, timeZone, now)
    return still.at > now ? still : onClock(nextDay(today), time, timeZone, now)
  }
  const iso = ISO.exec(typed)
  const day = iso?.[1] ?? ''
  if (iso === null || !isDay(day) || Number.isNaN(Date.parse(typed))) {
    throw new Problem('usage-time', { typed })
  }
  if (iso[3] !== undefined) return { at: new Date(typed), doubt: null }
  return onClock(day, iso[2] ?? '', timeZone, now)
}

/** A moment with how far the zone's clocks are ahead by then, where the hour alone is not enough. */
export function tellExactly(
  at: Date,
  { locale, timeZone }: Pick<Config, 'locale' | 'timeZone'>,
): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'shortOffset',
  }).format(at)
}

const ISO = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/
const DAY_MS = 86_400_000

/** 31 February is none, though `Date.parse` takes it for 3 March. */
function isDay(day: string): boolean {
  const parsed = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(day)
}

/** The zone's day of that moment, as in ISO 8601. */
function dayIn(moment: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(moment)
}

/** A day of the zone may have 23 or 25 hours. */
function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)
}

/** That hour and minute of that day in the zone, by what its clocks show the day before and the day after. */
function onClock(day: string, time: string, timeZone: string, now: Date): Typed {
  const wall = Date.parse(`${day}T${time}:00Z`)
  const [before, after] = [wall - DAY_MS, wall + DAY_MS].map((ms) => offsetMs(ms, timeZone))
  const ways = [...new Set([wall - (before ?? 0), wall - (after ?? 0)])]
  const real = ways.filter((ms) => ms + offsetMs(ms, timeZone) === wall).toSorted((a, b) => a - b)
  const [first] = real
  if (first === undefined) return { at: new Date(wall - (before ?? 0)), doubt: 'skipped' }
  if (real.length === 1) return { at: new Date(first), doubt: null }
  return { at: new Date(real.find((ms) => ms > now.getTime()) ?? first), doubt: 'twice' }
}

/** How far the zone's clocks are ahead of UTC at that moment. */
function offsetMs(moment: number, timeZone: string): number {
  const wall = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(moment)
  return Date.parse(`${wall.replace(' ', 'T')}Z`) - Math.floor(moment / 1000) * 1000
}
