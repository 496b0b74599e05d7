import type { DeliveryWithPost } from '../../deliveries/view.ts'
import { errorSentence } from '../../locale/errors.ts'
import { shown } from '../shown.ts'
import type { View } from './frame.ts'
import { tellMoment } from './moments.ts'

const SOON_MS = 60_000

/** Why a post stands as it does, in a few words; nothing where its state says all. */
export function standing(view: View, delivery: DeliveryWithPost): string {
  const { words } = view
  const { state, error, heldFor, notice, waitsFor, dueAt } = delivery
  switch (state) {
    case 'failed':
      return error === null ? '' : shown(errorSentence(words, error), 200)
    case 'held':
      return heldFor === null ? '' : words.deliveries.heldFor[heldFor]({ notice })
    case 'pending':
    case 'uncertain':
      if (waitsFor !== null) return words.web.waits[waitsFor]
      return dueAt === null ? '' : words.web.due({ at: tellMoment(view, dueAt) })
    case 'published':
      return words.page.noCounts
    case 'publishing':
    case 'canceled':
    case 'deleted':
      return ''
  }
}

/** Whether something is to happen to a post within moments, so that looking again is worth it. */
export function isUnderWay({ state, dueAt, waitsFor }: DeliveryWithPost, now: Date): boolean {
  if (state === 'publishing') return true
  if (state !== 'pending' || dueAt === null || waitsFor !== null) return false
  return Date.parse(dueAt) - now.getTime() < SOON_MS
}
