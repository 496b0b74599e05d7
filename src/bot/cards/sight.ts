import type { Config } from '../../config/config.ts'
import type { Means } from '../../deliveries/means.ts'
import type { Words } from '../../locale/words.ts'
import type { Clock } from '../../clock.ts'
import type { Db } from '../../store/store.ts'

/** What it takes to write a card: the ledger, the reader's language, and how posts are written. */
export interface Sight {
  db: Db
  clock: Clock
  words: Words
  locale: Config['locale']
  timeZone: string
  templates: Means['templates']
}

/** A moment as the reader's language has it: the time, and the day where it is another one. */
export function momentOf(iso: string, { locale, timeZone, clock }: Sight): string {
  const date = new Date(iso)
  const day = (moment: Date) =>
    new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium' }).format(moment)
  const time = new Intl.DateTimeFormat(locale, { timeZone, timeStyle: 'short' }).format(date)
  return day(date) === day(clock()) ? time : `${day(date)}, ${time}`
}
