import { floodMembers } from '../../articles/flood.ts'
import { decisionsOn } from '../../decisions/ledger.ts'
import { decisionSentence } from '../../locale/decisions.ts'
import { noticeSentence } from '../../locale/notices.ts'
import { notices, type NoticeView } from '../../notices/view.ts'
import type { Db } from '../../store/store.ts'
import { type Piece, type Said, say, stranger } from '../text.ts'
import { answers } from './answers.ts'
import { articleCard } from './article.ts'
import { momentOf, type Sight } from './sight.ts'

/** So many newest articles of a flood are named. */
const LISTED = 5

/** A notice with the buttons that answer it; once it is closed, who saw to it. Null where there is none. */
export async function noticeCard(sight: Sight, id: number): Promise<Said | null> {
  const [notice] = await notices(sight.db, { id })
  if (notice === undefined) return null
  if (notice.kind === 'held' && notice.article !== null)
    return articleCard(sight, Number(notice.article.id.slice(1)))
  const pieces: Piece[] = [stranger(noticeSentence(sight.words, notice), null, 1500)]
  if (notice.closedAt !== null)
    return say([...pieces, '\n\n', stranger(await closing(sight, notice))])
  if (notice.kind === 'flood') pieces.push(...(await whatCame(sight, notice)))
  return say(pieces, answers(sight, notice))
}

/** The newest articles of a flood, and how another number of them is let out. */
async function whatCame(sight: Sight, { id, articles }: NoticeView): Promise<Piece[]> {
  const { bot } = sight.words
  const newest = await floodMembers(sight.db, Number(id.slice(1)), LISTED)
  const more = articles - newest.length
  return [
    '\n',
    ...newest.flatMap(({ title, url }): Piece[] => ['\n', stranger(title, { link: url }, 100)]),
    ...(more > 0 ? ['\n', bot.more({ count: more })] : []),
    '\n\n',
    bot.otherNumber({ id }),
  ]
}

/** Who answered it, and when; or just that it is so no more. */
async function closing(sight: Sight, notice: NoticeView): Promise<string> {
  const { words } = sight
  const id = Number(notice.id.slice(1))
  const decided = await decisionsOn(sight.db, {
    notice: id,
    deliveries: notice.deliveries.map((delivery) => Number(delivery.id.slice(1))),
    ...(notice.accountId !== null && { account: notice.accountId }),
  })
  const { raisedAt, closedAt } = notice
  const meanwhile = decided.filter(
    ({ at }) => at >= raisedAt && closedAt !== null && at <= closedAt,
  )
  // Of a flood the first tells more: what did not go out was canceled afterwards.
  const told = notice.kind === 'flood' ? meanwhile.at(0) : meanwhile.at(-1)
  if (told === undefined) return words.bot.over
  const by = `${decisionSentence(words, told)}, ${momentOf(told.at, sight)}`
  if (notice.kind !== 'flood') return by
  return `${words.decisions.flood(await wayOf(sight.db, id))} · ${by}`
}

/** How many of a flood's articles go out, and how many do not. */
async function wayOf(db: Db, notice: number): Promise<{ go: number; skip: number }> {
  const rows = await db
    .selectFrom('articles')
    .select((row) => ['verdict', row.fn.countAll<number>().as('count')])
    .where('notice_id', '=', notice)
    .groupBy('verdict')
    .execute()
  const count = (verdict: 'go' | 'skip') => rows.find((row) => row.verdict === verdict)?.count ?? 0
  return { go: count('go'), skip: count('skip') }
}
