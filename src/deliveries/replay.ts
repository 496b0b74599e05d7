import type { Replay } from '../platforms/platform.ts'
import type { DeliveryState } from '../store/schema.ts'

/**
 * When a delivery whose answer was lost is taken up again, by its platform's replay rule: the same call at
 * once, a look some time later, or (null) not before a person has said what stands.
 */
export function replayAt(replay: Replay, now: Date): Date | null {
  switch (replay.by) {
    case 'again':
      return now
    case 'look':
      return new Date(now.getTime() + replay.afterMs)
    case 'ask':
      return null
  }
}

/** Where a delivery stands whose lease ran out: sent and unanswered is uncertain, not sent goes on. */
export function afterLease(
  state: DeliveryState,
  sent: boolean,
  replay: Replay,
  now: Date,
): { state: DeliveryState; due_at?: Date | null } {
  if (state === 'publishing' && sent) return { state: 'uncertain', due_at: replayAt(replay, now) }
  if (state === 'publishing') return { state: 'pending', due_at: now }
  // a change of what stands is due as before: it may be done again
  return state === 'uncertain' ? { state, due_at: now } : { state }
}
