import type { DecisionKind, DeliveryState } from '../store/schema.ts'
import type { DeliveryRow } from './claim.ts'

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
  cancel: ['held', 'pending'],
  resolve: ['uncertain'],
}

/** Whether a decision can be taken about a delivery that stands like this. One at work is let finish first. */
export function canDecide(
  { state, lease_token }: Pick<DeliveryRow, 'state' | 'lease_token'>,
  { kind }: Pick<Decision, 'kind'>,
): boolean {
  return lease_token === null && fits[kind].includes(state)
}

/** The decisions that doors can offer for a state. */
export function offered(state: DeliveryState): Decision['kind'][] {
  const kinds = ['approve', 'retry', 'cancel', 'resolve'] as const
  return kinds.filter((kind) => fits[kind].includes(state))
}
