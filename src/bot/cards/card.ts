import type { Said } from '../text.ts'
import { articleCard } from './article.ts'
import { heldChoice, waitingChoice } from './choice.ts'
import { noticeCard } from './notice.ts'
import { needsCard, queueCard, statsCard, statusCard } from './queue.ts'
import type { Sight } from './sight.ts'

/**
 * What a message about a subject shows now: `a12`, `n5`, `queue`, `status`, `stats`, `needs`, `held`, `waiting`.
 * Null where there is no such thing.
 */
export async function card(sight: Sight, subject: string): Promise<Said | null> {
  const [, noun, id] = /^([an])(\d+)$/.exec(subject) ?? []
  if (noun === 'a') return articleCard(sight, Number(id))
  if (noun === 'n') return noticeCard(sight, Number(id))
  switch (subject) {
    case 'queue':
      return queueCard(sight)
    case 'status':
      return statusCard(sight)
    case 'stats':
      return statsCard(sight)
    case 'needs':
      return needsCard(sight)
    case 'held':
      return heldChoice(sight)
    case 'waiting':
      return waitingChoice(sight)
    default:
      return null
  }
}
