import { PlatformError } from '../platforms/error.ts'
import { card } from './cards/card.ts'
import { type Desk, sightOf } from './desk.ts'
import { fingerprint, forgetMessage, keepMessage, type KeptMessage, messagesAbout } from './kept.ts'
import { lose, reachable } from './people.ts'

/** Lists that somebody asked for change with everything; an old one is left as it is. */
const LISTS = ['queue', 'status', 'held', 'waiting']
const LIST_LIVES_MS = 15 * 60_000

/**
 * Brings every message that shows what moved up to date. `moved` are the ids that the ledger told: `a12`, `d34`,
 * `n5`. A message that is there no more is forgotten. Throws `PlatformError` where it is to be tried again.
 */
export async function refresh(desk: Desk, moved: ReadonlySet<string>): Promise<void> {
  const { bot, program, admins } = desk
  const { db, clock } = program.store
  const chats = (await reachable(db, bot, admins)).map(({ person }) => person)
  if (chats.length === 0 || moved.size === 0) return
  const subjects = await subjectsOf(desk, moved)
  const since = new Date(clock().getTime() - LIST_LIVES_MS)
  const lists = [
    ...(await messagesAbout(db, bot, { chats, subjects: LISTS, since })),
    ...(await messagesAbout(db, bot, { chats, subjects: ['needs'] })),
  ]
  const newest = Map.groupBy(lists, ({ chat, subject }) => `${chat} ${subject}`)
  const shown = [
    ...(await messagesAbout(db, bot, { chats, subjects })),
    ...[...newest.values()].flatMap((each) => each.slice(0, 1)),
  ]
  const lost = new Set<number>()
  for (const kept of shown) {
    if (!lost.has(kept.chat) && !(await update(desk, kept))) lost.add(kept.chat)
  }
}

/** What moved, and the article that a delivery or a notice belongs to. */
async function subjectsOf({ program }: Desk, moved: ReadonlySet<string>): Promise<string[]> {
  const { db } = program.store
  const numbers = (noun: string) => [
    0,
    ...[...moved].filter((id) => id.startsWith(noun)).map((id) => Number(id.slice(1)) || 0),
  ]
  const deliveries = await db
    .selectFrom('deliveries')
    .select('article_id')
    .where('id', 'in', numbers('d'))
    .execute()
  const about = await db
    .selectFrom('notices')
    .leftJoin('deliveries', 'deliveries.id', 'notices.delivery_id')
    .select(['notices.article_id as article', 'deliveries.article_id as delivered'])
    .where('notices.id', 'in', numbers('n'))
    .execute()
  const articles = [
    ...deliveries.map(({ article_id }) => article_id),
    ...about.map(({ article, delivered }) => article ?? delivered),
  ]
  return [...new Set([...moved, ...articles.map((id) => `a${id ?? 0}`)])]
}

/** False where that person cannot be reached any more. */
async function update(desk: Desk, kept: KeptMessage): Promise<boolean> {
  const { bot, line, program } = desk
  const { db, clock } = program.store
  const said = await card(sightOf(desk, kept.language), kept.subject)
  if (said === null) return true
  const shown = fingerprint(said)
  if (shown === kept.shown) return true
  try {
    const there = await line.edit(kept.chat, kept.message, said)
    if (there) await keepMessage(db, bot, { ...kept, shown }, clock())
    else await forgetMessage(db, bot, kept)
    return true
  } catch (error) {
    if (!(error instanceof PlatformError) || error.status !== 403) throw error
    await lose(db, bot, kept.chat, clock())
    return false
  }
}
