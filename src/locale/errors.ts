import type { Words } from './words.ts'

/** An error of a delivery in a sentence: the kind says what it means, the platform's own words stand in it. */
export function errorSentence(words: Words, error: { kind: string; message: string }): string {
  const { errors } = words.deliveries
  const kind = Object.hasOwn(errors, error.kind) ? error.kind : 'unavailable'
  const sentence: unknown = Reflect.get(errors, kind)
  return typeof sentence === 'function'
    ? String(Reflect.apply(sentence, undefined, [{ reason: error.message }]))
    : error.message
}
