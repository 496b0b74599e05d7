import type { Words } from './words.ts'

/** The name of a sentence in `locale/*`, under `problems`. */
export type ProblemKind = keyof Words['problems']
/** What the sentence of that kind needs to know. Never a secret. */
export type Facts<K extends ProblemKind> = Parameters<Words['problems'][K]>[0]

/**
 * What stopped us and is for people to read: a kind and its facts. The sentence itself is written at the door,
 * in the reader's language, by `words.problems[kind](facts)`; so it can be kept in the ledger as plain JSON.
 */
export class Problem<K extends ProblemKind = ProblemKind> extends Error {
  readonly kind: K
  readonly facts: Facts<K>

  constructor(kind: K, facts: Facts<K>) {
    super(`${kind} ${JSON.stringify(facts)}`)
    this.name = 'Problem'
    this.kind = kind
    this.facts = facts
  }
}

/** Whether something thrown is a problem of that kind. */
export function isProblem<K extends ProblemKind>(error: unknown, kind: K): error is Problem<K> {
  return error instanceof Problem && error.kind === kind
}

/** The sentence of a problem, also of one that was kept as plain JSON; an unknown kind (an older ledger's) is told by its name. */
export function sentenceOf(words: Words, problem: { kind: string; facts: unknown }): string {
  const sentence: unknown = Reflect.get(words.problems, problem.kind)
  return typeof sentence === 'function'
    ? String(Reflect.apply(sentence, undefined, [problem.facts]))
    : problem.kind
}
