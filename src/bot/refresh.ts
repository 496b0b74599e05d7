import { card } from './cards/card.ts'
import { type Desk, sightOf } from './desk.ts'
import { forgetMessage, keepMessage, type KeptMessage, messagesAbout } from './kept.ts'

/** Lists change with everything; an old one is left as it is. */
const LISTS = ['queue', 'status', 'needs', 'held', 'waiting']
const LIST_LIVES_MS = 15 * 60_000

/**
 * Brings every message that shows what moved up to date. `moved` are the ids that the ledger told: `a12`, `d34`,
 * `n5`. A message that is there no more is forgotten.
 */
export async function refresh(desk: Desk, moved: ReadonlySet<string>): Promise<void> {
  const { bot, program } = desk
  const { db, clock } = program.store
  const subjects = await subjectsOf(desk, moved)
  const listsSince = new Date(clock().getTime() - LIST_LIVES_MS)
  const shown = [
    ...(await messagesAbout(db, bot, subjects)),
    ...(await messagesAbout(db, bot, LISTS, listsSince)),
  ]
  for (const kept of shown) await update(desk, kept)
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

async function update(desk: Desk, kept: KeptMessage): Promise<void> {
  const { bot, line, program } = desk
  const { db, clock } = program.store
  const said = await card(sightOf(desk, kept.language), kept.subject)
  const shown = JSON.stringify(said)
  if (said === null || shown === kept.shown) return
  const there = await line.edit(kept.chat, kept.message, said)
  if (there) await keepMessage(db, bot, { ...kept, shown }, clock())
  else await forgetMessage(db, bot, kept)
}
