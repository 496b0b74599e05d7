import type { DeliveryState } from '../store/schema.ts'
import type { Locked } from './locked.ts'

/** What a person can say of a delivery; `resolve` is the answer where nobody knows whether it stands. */
export type Decision =
  | { kind: 'approve' }
  | { kind: 'retry' }
  | { kind: 'cancel' }
  | { kind: 'delete' }
  | { kind: 'resolve'; as: 'published'; url: string }
  | { kind: 'resolve'; as: 'send again' }
  | { kind: 'resolve'; as: 'leave' }

/** As much of a delivery as says what can be decided about it. */
export interface Standing {
  state: DeliveryState
  change: { kind: 'edit' | 'delete'; state: 'waiting' | 'failed' } | null
  /** Some of it is there for readers. */
  stands: boolean
}

/** Whether a decision leads on from there. */
const fits: Record<Decision['kind'], (standing: Standing) => boolean> = {
  approve: ({ state }) => state === 'held',
  // a change that was refused is tried again, as a post is
  retry: ({ state, change }) =>
    state === 'failed' || state === 'canceled' || change?.state === 'failed',
  // of what stands only its change is given up
  cancel: ({ state, change }) =>
    state === 'held' || state === 'pending' || state === 'failed' || change !== null,
  resolve: ({ state }) => state === 'uncertain',
  delete: ({ state, change, stands }) => {
    const standing = state === 'published' || (state === 'failed' && stands)
    return standing && !(change?.kind === 'delete' && change.state === 'waiting')
  },
}

/**
 * Why a decision cannot be taken about a delivery that stands like this, null where it can. One at work is let
 * finish first; what its site has withdrawn is not sent.
 */
export function hindrance(row: Locked, decision: Decision): 'unfit' | 'withdrawn' | null {
  const { lease_token, article_state } = row
  if (lease_token !== null || !fits[decision.kind](standingOf(row))) return 'unfit'
  const again = row.change_state !== 'failed' && sends(decision)
  return article_state === 'withdrawn' && again ? 'withdrawn' : null
}

function standingOf({ state, change_kind, change_state, stands }: Locked): Standing {
  const change =
    change_kind === null || change_state === null
      ? null
      : { kind: change_kind, state: change_state }
  return { state, change, stands }
}

function sends(decision: Decision): boolean {
  if (decision.kind === 'resolve') return decision.as === 'send again'
  return decision.kind === 'approve' || decision.kind === 'retry'
}

/** The decisions that doors can offer for a delivery. */
export function offered(standing: Standing): Decision['kind'][] {
  const kinds = ['approve', 'retry', 'cancel', 'resolve', 'delete'] as const
  return kinds.filter((kind) => fits[kind](standing))
}
