import { editionOf } from '../../deliveries/locked.ts'
import { writeDrafts } from '../../deliveries/draft.ts'
import { articleStory, type ArticleView } from '../../deliveries/story.ts'
import { type DeliveryWithPost, standingOf } from '../../deliveries/view.ts'
import { latestCounts } from '../../engagement/stats.ts'
import { tellCounts } from '../../locale/counts.ts'
import { changeSentence } from '../../locale/changes.ts'
import { errorSentence } from '../../locale/errors.ts'
import { sentenceOf } from '../../locale/problem.ts'
import { platforms } from '../../platforms/registry.ts'
import type { Draft } from '../../posts/post.ts'
import { button } from '../buttons.ts'
import { type Button, type Piece, type Said, say, stranger } from '../text.ts'
import { buttonsFor } from './answers.ts'
import { momentOf, type Sight } from './sight.ts'

/** Room for the texts of all posts, so that they fit into one message with all else; and the most for one. */
const TEXTS = 3000
const TEXT = 1000

/**
 * An article as one card: while it is held the texts that would go out, with their counts and the two answers;
 * afterwards the report, links first, then what readers did. Null where there is no such article.
 */
export async function articleCard(sight: Sight, id: number): Promise<Said | null> {
  const story = await articleStory(sight.db, id)
  if (story === null) return null
  const head = [stranger(story.title || story.url, { link: story.url })]
  if (story.deliveries.length === 0) return say([...head, '\n\n', whyNone(story, sight)])
  const held = story.deliveries.some(({ state }) => state === 'held')
  return held ? asking(sight, story, head) : report(sight, story, head)
}

function whyNone({ state, problem }: ArticleView, { words }: Sight): string {
  if (state === 'heard' && problem === null) return words.bot.reading
  const reason = problem === null ? '' : sentenceOf(words, problem)
  return words.articles.whyNot[state]({ reason })
}

async function asking(sight: Sight, story: ArticleView, head: Piece[]): Promise<Said> {
  const { words } = sight
  const pieces = [...head]
  const rows: Button[][] = []
  const waiting = story.deliveries.filter(({ state }) => state === 'held').length
  const room = Math.min(TEXT, Math.floor(TEXTS / waiting))
  for (const delivery of story.deliveries) {
    if (delivery.state !== 'held') {
      pieces.push(...lineOf(sight, delivery))
      rows.push(buttonsFor(sight, delivery))
      continue
    }
    const draft = await draftOf(sight, delivery, story)
    const count = draft === null ? '' : `  ${words.web.count(draft)}`
    pieces.push('\n\n', stranger(delivery.account, 'bold'), count, '\n')
    pieces.push(stranger(draft?.text ?? words.web.unwritten, 'blockquote', room))
  }
  const version = editionOf(story.deliveries)
  const { buttons } = words.bot
  return say(pieces, [
    [
      button(buttons.approve, 'approve', story.id, version),
      button(buttons.skip, 'cancel', story.id, version),
    ],
    ...rows,
  ])
}

/** What would be posted now, by what publishing uses itself. */
async function draftOf(
  { db, templates }: Sight,
  delivery: DeliveryWithPost,
  story: ArticleView,
): Promise<Draft | null> {
  const [frozen] = delivery.drafts
  if (frozen !== undefined) return frozen
  const row = await db
    .selectFrom('deliveries')
    .innerJoin('articles', 'articles.id', 'deliveries.article_id')
    .innerJoin('accounts', 'accounts.id', 'deliveries.account_id')
    .select(['article', 'limits'])
    .where('deliveries.id', '=', Number(delivery.id.slice(1)))
    .where('article_id', '=', Number(story.id.slice(1)))
    .executeTakeFirst()
  if (!row?.article) return null
  const platform = platforms[delivery.platform]
  const limits = { ...platform.limits, ...row.limits }
  // Limits without room for the link stop the delivery itself, which then says why.
  const drafts = await writeDrafts(
    row.article,
    platform,
    limits,
    templates[delivery.platform],
  ).catch(() => [])
  return drafts[0] ?? null
}

async function report(sight: Sight, story: ArticleView, head: Piece[]): Promise<Said> {
  const ids = story.deliveries.map(({ id }) => Number(id.slice(1)))
  const counts = await latestCounts(sight.db, ids)
  const pieces = [...head, '\n']
  const rows: Button[][] = []
  for (const delivery of story.deliveries) {
    pieces.push(...lineOf(sight, delivery))
    const counted = counts.get(Number(delivery.id.slice(1)))
    if (counted?.countedAt) pieces.push('\n', tellCounts(sight.words, counted))
    rows.push(buttonsFor(sight, delivery))
  }
  return say(pieces, rows)
}

/** A post in one line: where it stands, or why not. */
function lineOf(sight: Sight, delivery: DeliveryWithPost): Piece[] {
  const { account, state, url, error, dueAt, change } = delivery
  const { deliveries } = sight.words
  const pieces: Piece[] = ['\n', stranger(account, 'bold'), ' · ', deliveries.states[state]]
  if (url !== null) pieces.push(' · ', { words: url, as: { link: url } })
  const begun = standingOf(delivery)
  if (begun !== null) pieces.push(' · ', deliveries.partsStand(begun))
  if (error !== null && state !== 'published') {
    pieces.push(' · ', stranger(errorSentence(sight.words, error), null, 300))
  }
  if (state === 'pending' && dueAt !== null && Date.parse(dueAt) > sight.clock().getTime()) {
    pieces.push(' · ', deliveries.dueAt({ at: momentOf(dueAt, sight) }))
  }
  if (change !== null) {
    const told = changeSentence(sight.words, change, (iso) => momentOf(iso, sight))
    pieces.push(' · ', stranger(told, null, 300))
  }
  return pieces
}
