import { decisionsOn } from '../../decisions/ledger.ts'
import { decisionSentence } from '../../locale/decisions.ts'
import { noticeSentence } from '../../locale/notices.ts'
import { notices, type NoticeView } from '../../notices/view.ts'
import { button } from '../buttons.ts'
import { type Button, type Piece, type Said, say, stranger } from '../text.ts'
import { articleCard, buttonsFor } from './article.ts'
import { momentOf, type Sight } from './sight.ts'

/** So many newest articles of a flood are offered by one button. */
export const NEWEST = 3

/** A notice with the buttons that answer it; once it is closed, who saw to it. Null where there is none. */
export async function noticeCard(sight: Sight, id: number): Promise<Said | null> {
  const [notice] = await notices(sight.db, { id })
  if (notice === undefined) return null
  if (notice.kind === 'held' && notice.article !== null)
    return articleCard(sight, Number(notice.article.id.slice(1)))
  const pieces: Piece[] = [stranger(noticeSentence(sight.words, notice), null, 1500)]
  if (notice.closedAt !== null) return say([...pieces, '\n\n', await closing(sight, id)])
  if (notice.kind === 'flood') pieces.push('\n\n', sight.words.bot.otherNumber({ id: notice.id }))
  return say(pieces, answers(sight, notice))
}

/** The buttons of one notice, a row or two. */
export function answers(sight: Sight, notice: NoticeView): Button[][] {
  const { buttons } = sight.words.bot
  const { id, version } = notice
  switch (notice.kind) {
    case 'flood':
      return [
        [
          button(buttons.all, 'approve', id, version),
          button(buttons.newest({ count: NEWEST }), 'newest', id, version),
          button(buttons.none, 'cancel', id, version),
        ],
      ]
    case 'held':
      return [
        [
          button(buttons.approve, 'approve', id, version),
          button(buttons.skip, 'cancel', id, version),
        ],
      ]
    case 'rejected':
    case 'uncertain':
      return notice.deliveries.map((delivery) => buttonsFor(sight, delivery))
    case 'unauthorized':
      return notice.accountId === null
        ? []
        : [[button(buttons.resume, 'resume', `c${notice.accountId}`)]]
    case 'overdue':
      return []
  }
}

/** Who answered it, and when; or just that it is so no more. */
async function closing(sight: Sight, id: number): Promise<string> {
  const { words } = sight
  const last = (await decisionsOn(sight.db, { notice: id })).at(-1)
  if (last === undefined) return words.bot.answered
  return `${decisionSentence(words, last)}, ${momentOf(last.at, sight)}`
}
