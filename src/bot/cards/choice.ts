import { notices } from '../../notices/view.ts'
import { button } from '../buttons.ts'
import { type Piece, type Said, say, stranger } from '../text.ts'
import { answers } from './answers.ts'
import type { Sight } from './sight.ts'

/** A phone shows no more at once. */
const MOST = 8

/** What is held, to choose from: one row of buttons each. */
export async function heldChoice(sight: Sight): Promise<Said> {
  const { words } = sight
  const open = (await notices(sight.db, { limit: 100 })).filter(
    ({ kind }) => kind === 'held' || kind === 'flood',
  )
  if (open.length === 0) return say([words.bot.nothingHeld])
  const pieces: Piece[] = [words.bot.choose]
  const shown = open.slice(0, MOST)
  for (const { id, article, articles, source } of shown) {
    const title = article?.title ?? words.notices.flood({ articles, source: source ?? '' })
    pieces.push('\n', `${id} · `, stranger(title, null, 150))
  }
  const more = open.length - shown.length
  if (more > 0) pieces.push('\n', words.bot.more({ count: more }))
  return say(
    pieces,
    shown.map((notice) => answers(sight, notice, notice.id).flat()),
  )
}

/** What has not gone out yet, to choose from: one button an article. */
export async function waitingChoice(sight: Sight): Promise<Said> {
  const { words } = sight
  const rows = await sight.db
    .selectFrom('deliveries')
    .innerJoin('articles', 'articles.id', 'deliveries.article_id')
    .select((row) => [
      'articles.id',
      'articles.url',
      row.ref('articles.article', '->>').key('title').as('title'),
    ])
    .where('deliveries.state', 'in', ['held', 'pending'])
    .groupBy('articles.id')
    .orderBy('articles.id')
    .limit(MOST)
    .execute()
  if (rows.length === 0) return say([words.bot.nothingToCancel])
  const pieces: Piece[] = [words.bot.choose]
  const versions = await versionsOf(
    sight,
    rows.map(({ id }) => id),
  )
  for (const { id, title, url } of rows) {
    pieces.push('\n', `a${id} · `, stranger(title ?? url, null, 150))
  }
  return say(
    pieces,
    rows.map(({ id }) => [
      button(`${words.decisions.offers.cancel} · a${id}`, 'cancel', `a${id}`, versions.get(id)),
    ]),
  )
}

/** The versions seen: of each article the sum over its deliveries. */
async function versionsOf({ db }: Sight, articles: readonly number[]) {
  const rows = await db
    .selectFrom('deliveries')
    .select((row) => ['article_id', row.fn.sum<number>('version').as('version')])
    .where('article_id', 'in', [...articles])
    .groupBy('article_id')
    .execute()
  return new Map(rows.map(({ article_id, version }) => [article_id, Number(version)]))
}
