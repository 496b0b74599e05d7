import { html } from 'hono/html'
import type { Config } from '../../config/config.ts'
import type { Locale } from '../../locale/words.ts'
import type { Markup } from '../markup.ts'

/** Whom moments are told, and when. */
export interface Reader {
  config: Pick<Config, 'locale' | 'timeZone'>
  now: Date
}

/** A moment (ISO 8601) in the reader's language and zone, readable by machines too. */
export function moment(reader: Reader, iso: string): Markup {
  return html`<time datetime="${iso}">${tellMoment(reader, iso)}</time>`
}

/** The same in words only: of today the time alone, of this year without the year. */
export function tellMoment({ config, now }: Reader, iso: string): string {
  const { day, time, date, full } = writersOf(config.locale, config.timeZone)
  const at = new Date(iso)
  const [that, today] = [day.format(at), day.format(now)]
  if (that === today) return time.format(at)
  return (that.slice(0, 4) === today.slice(0, 4) ? date : full).format(at)
}

const writers = new Map<string, ReturnType<typeof makeWriters>>()

/** Making them takes a while; there are two languages and one zone. */
function writersOf(locale: Locale, timeZone: string): ReturnType<typeof makeWriters> {
  const key = `${locale} ${timeZone}`
  const known = writers.get(key) ?? makeWriters(locale, timeZone)
  writers.set(key, known)
  return known
}

function makeWriters(locale: Locale, timeZone: string) {
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const date = { day: 'numeric', month: 'short', ...time } as const
  return {
    /** `2026-02-11`, to compare by. */
    day: new Intl.DateTimeFormat('sv', { timeZone }),
    time: new Intl.DateTimeFormat(locale, { timeZone, ...time }),
    date: new Intl.DateTimeFormat(locale, { timeZone, ...date }),
    full: new Intl.DateTimeFormat(locale, { timeZone, ...date, year: 'numeric' }),
  }
}
