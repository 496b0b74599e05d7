import { markTold } from '../notices/ledger.ts'
import { type NoticeView, notices } from '../notices/view.ts'
import { PlatformError } from '../platforms/error.ts'
import { card } from './cards/card.ts'
import { type Desk, sendKept, sightOf } from './desk.ts'
import { messagesAbout } from './kept.ts'
import { lose, reachable } from './people.ts'
import { noteTold, type Untold, untoldTo } from './told.ts'

/** What comes together is told together: the oldest waits this long for others. */
const TOGETHER_MS = 8000
/** More than so many at once become one message. */
const ONE_BY_ONE = 3
/** What somebody was shown so lately is not shown again. */
const SEEN_MS = 5 * 60_000

/**
 * Tells what needs somebody to every admin who can be written to, each once; whoever can be reached only later is
 * told then what is still open. Where nobody can, it stays untold: the page and the command line show it all the
 * same. Throws `PlatformError` where it is to be tried again.
 */
export async function tell(desk: Desk, signal: AbortSignal): Promise<void> {
  const { db } = desk.program.store
  let failed: unknown = null
  for (const one of await reachable(db, desk.bot, desk.admins)) {
    if (signal.aborted) return
    try {
      await tellOne(desk, one, signal)
    } catch (error) {
      failed = error // the others are told all the same
    }
  }
  if (failed !== null) throw failed
}

async function tellOne(
  desk: Desk,
  { person, language }: { person: number; language: 'fr' | 'en' },
  signal: AbortSignal,
): Promise<void> {
  const { store, log } = desk.program
  const { db, clock } = store
  const untold = await untoldTo(db, desk.bot, person)
  const [oldest] = untold
  if (oldest === undefined || clock().getTime() - oldest.raisedAt.getTime() < TOGETHER_MS) return
  try {
    for (const { subject, ids } of await messagesFor(desk, untold)) {
      if (signal.aborted) return
      await sendUnlessSeen(desk, { chat: person, subject, locale: language })
      await noteTold(db, desk.bot, person, ids)
      await markTold(db, ids, clock())
    }
  } catch (error) {
    if (!(error instanceof PlatformError) || error.status !== 403) throw error
    log.warn('admin not told', { person, reason: error.reason })
    await lose(db, desk.bot, person, clock())
  }
}

/** Whoever has just sent the article has its card before them. */
async function sendUnlessSeen(
  desk: Desk,
  to: { chat: number; subject: string; locale: 'fr' | 'en' },
): Promise<void> {
  const { db, clock } = desk.program.store
  const since = new Date(clock().getTime() - SEEN_MS)
  const on = { chats: [to.chat], subjects: [to.subject], since }
  if (to.subject !== 'needs' && (await messagesAbout(db, desk.bot, on)).length > 0) return
  const said = await card(sightOf(desk, to.locale), to.subject)
  if (said !== null) await sendKept(desk, to, said)
}

/** A message for each, or one for all where there are many. */
async function messagesFor(
  desk: Desk,
  untold: readonly Untold[],
): Promise<{ subject: string; ids: number[] }[]> {
  const ids = untold.map(({ id }) => id)
  if (ids.length > ONE_BY_ONE) return [{ subject: 'needs', ids }]
  const messages = []
  for (const id of ids) {
    const [notice] = await notices(desk.program.store.db, { id })
    if (notice !== undefined) messages.push({ subject: subjectOf(notice), ids: [id] })
  }
  return messages
}

/** A held article is its own card. */
function subjectOf({ id, kind, article }: NoticeView): string {
  return kind === 'held' && article !== null ? article.id : id
}
