import type { DeliveryWithPost } from '../../deliveries/view.ts'
import type { NoticeView } from '../../notices/view.ts'
import { button } from '../buttons.ts'
import type { Button } from '../text.ts'
import type { Sight } from './sight.ts'

/** So many newest articles of a flood are offered by one button. */
export const NEWEST = 3

/** The buttons of one notice, a row or two. `tag`: in a list, which of them they answer. */
export function answers(sight: Sight, notice: NoticeView, tag = ''): Button[][] {
  const { buttons } = sight.words.bot
  const { id, version } = notice
  const tagged = (text: string) => (tag === '' ? text : `${text} · ${tag}`)
  switch (notice.kind) {
    case 'flood':
      return [
        [
          button(tagged(buttons.all), 'approve', id, version),
          button(buttons.newest({ count: NEWEST }), 'newest', id, version),
          button(buttons.none, 'cancel', id, version),
        ],
      ]
    case 'held':
      return [
        [
          button(tagged(buttons.approve), 'approve', id, version),
          button(buttons.skip, 'cancel', id, version),
        ],
      ]
    case 'gap':
      return [[button(tagged(buttons.seen), 'cancel', id, version)]]
    case 'change':
    case 'rejected':
    case 'uncertain':
      return notice.deliveries.map((delivery) =>
        buttonsFor(sight, delivery, tag || delivery.account),
      )
    case 'unauthorized':
      return notice.accountId === null
        ? []
        : [[button(tagged(buttons.resume), 'resume', `c${notice.accountId}`)]]
    case 'overdue':
      return []
  }
}

/** What mends a post. `tag`: which of several. */
export function buttonsFor(
  { words }: Sight,
  {
    id,
    state,
    version,
    account,
    dueAt,
    change,
  }: Pick<DeliveryWithPost, 'id' | 'state' | 'version' | 'account'> & {
    dueAt?: string | null
    change: { state: 'waiting' | 'failed' } | null
  },
  tag = account,
): Button[] {
  const { buttons } = words.bot
  if (change?.state === 'failed') {
    return [
      button(`${buttons.retry} · ${tag}`, 'retry', id, version),
      button(buttons.leave, 'cancel', id, version),
    ]
  }
  if (state === 'failed') {
    return [
      button(`${buttons.retry} · ${tag}`, 'retry', id, version),
      button(buttons.giveUp, 'cancel', id, version),
    ]
  }
  if (state === 'uncertain' && !dueAt) {
    return [
      button(`${buttons.there} · ${tag}`, 'there', id, version),
      button(buttons.again, 'again', id, version),
      button(buttons.leave, 'leave', id, version),
    ]
  }
  return []
}
