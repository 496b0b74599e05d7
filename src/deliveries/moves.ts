import type { DecisionKind, DeliveryState } from '../store/schema.ts'
import type { Locked } from './locked.ts'

/** What a person can say of a delivery; `resolve` is the answer where nobody knows whether it stands. */
export type Decision =
  | { kind: 'approve' }
  | { kind: 'retry' }
  | { kind: 'cancel' }
  | { kind: 'resolve'; as: 'published'; url: string }
  | { kind: 'resolve'; as: 'send again' }
  | { kind: 'resolve'; as: 'leave' }

/** From which states each decision leads on. */
const fits: Record<Exclude<DecisionKind, 'pause' | 'resume'>, readonly DeliveryState[]> = {
  approve: ['held'],
  retry: ['failed', 'canceled'],
  cancel: ['held', 'pending', 'failed'],
  resolve: ['uncertain'],
}

/**
 * Why a decision cannot be taken about a delivery that stands like this, null where it can. One at work is let
 * finish first; what its site has withdrawn is not sent.
 */
export function hindrance(
  { state, lease_token, article_state }: Pick<Locked, 'state' | 'lease_token' | 'article_state'>,
  decision: Decision,
): 'unfit' | 'withdrawn' | null {
  if (lease_token !== null || !fits[decision.kind].includes(state)) return 'unfit'
  return article_state === 'withdrawn' && sends(decision) ? 'withdrawn' : null
}

function sends(decision: Decision): boolean {
  if (decision.kind === 'resolve') return decision.as === 'send again'
  return decision.kind !== 'cancel'
}

/** The decisions that doors can offer for a state. */
export function offered(state: DeliveryState): Decision['kind'][] {
  const kinds = ['approve', 'retry', 'cancel', 'resolve'] as const
  return kinds.filter((kind) => fits[kind].includes(state))
}
