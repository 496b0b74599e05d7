import type { Words } from './words.ts'

/** An error of a delivery in a sentence: the kind says what it means, the platform's own words stand in it. */
export function errorSentence(words: Words, error: { kind: string; message: string }): string {
  const { errors } = words.deliveries
  const kind = Object.hasOwn(errors, error.kind) ? error.kind : 'unavailable'
  const sentence: unknown = Reflect.get(errors, kind)
  return typeof sentence === 'function'
    ? String(Reflect.apply(sentence, undefined, [{ reason: reasonIn(words, error.message) }]))
    : error.message
}

/** The network's own names for what happened, as people say it; a platform's words stay as they are. */
export function reasonIn(words: Words, reason: string): string {
  const { network } = words.deliveries
  const told: unknown = Object.hasOwn(network, reason) ? Reflect.get(network, reason) : null
  return typeof told === 'string' ? told : reason
}
