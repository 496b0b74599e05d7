import { PlatformError } from '../platforms/error.ts'
import { markTold } from '../notices/ledger.ts'
import { notices } from '../notices/view.ts'
import { type Desk, sendKept, sightOf } from './desk.ts'
import { card } from './cards/card.ts'
import { lose, reachable } from './people.ts'

/** What comes together is told together: the oldest waits this long for others. */
const TOGETHER_MS = 8000
/** More than so many at once become one message. */
const ONE_BY_ONE = 3

/**
 * Tells what needs somebody to every admin who can be written to, once. Where none can, it stays untold: the page
 * and the command line show it all the same.
 */
export async function tell(desk: Desk): Promise<void> {
  const { db, clock } = desk.program.store
  const untold = (await notices(db, { untold: true, limit: 200 })).toReversed()
  const [oldest] = untold
  if (oldest === undefined) return
  if (clock().getTime() - Date.parse(oldest.raisedAt) < TOGETHER_MS) return
  const people = await reachable(db, desk.bot, desk.admins)
  const subjects =
    untold.length > ONE_BY_ONE
      ? ['needs']
      : untold.map(({ id, kind, article }) => (kind === 'held' && article ? article.id : id))
  let told = false
  for (const { person, language } of people) {
    told = (await tellOne(desk, person, language, [...new Set(subjects)])) || told
  }
  const ids = untold.map(({ id }) => Number(id.slice(1)))
  if (told) await markTold(db, ids, clock())
}

/** False where that person cannot be reached; somebody who blocked the bot is left alone until they write. */
async function tellOne(
  desk: Desk,
  person: number,
  locale: 'fr' | 'en',
  subjects: readonly string[],
): Promise<boolean> {
  const { store, log } = desk.program
  try {
    for (const subject of subjects) {
      const said = await card(sightOf(desk, locale), subject)
      if (said !== null) await sendKept(desk, { chat: person, subject, locale }, said)
    }
    return true
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error
    log.warn('admin not told', { person, kind: error.kind, reason: error.reason })
    if (error.kind === 'unauthorized') await lose(store.db, desk.bot, person, store.clock())
    return false
  }
}
