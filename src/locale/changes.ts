import { errorSentence } from './errors.ts'
import type { Words } from './words.ts'

/** As much of a change as its sentence needs. */
interface Change {
  kind: 'edit' | 'delete'
  state: 'waiting' | 'failed'
  /** ISO 8601. */
  dueAt: string | null
  error: { kind: string; message: string } | null
}

/** What is still to happen to what stands, about when, and why it was not done. `moment` writes ISO 8601. */
export function changeSentence(
  words: Words,
  { kind, dueAt, error }: Change,
  moment: (iso: string) => string,
): string {
  const { due, failed } = words.deliveries.changes[kind]
  return [
    ...(dueAt === null ? [] : [due({ at: moment(dueAt) })]),
    ...(error === null ? [] : [failed({ why: errorSentence(words, error) })]),
  ].join(' · ')
}
