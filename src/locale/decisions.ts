import type { Words } from './words.ts'

type Kind = keyof Words['decisions']['kinds']

/** As much of a decision as its sentence needs (`DecisionView` has it all). */
export interface DecidedBy {
  kind: Kind
  who: string
  door: keyof Words['decisions']['doors']
  /** ISO 8601. */
  at: string
}

/** Writes a moment (ISO 8601) in the reader's zone and language. */
type Moment = (iso: string) => string

/** Who did what by which door, without the moment. */
export function decisionSentence(
  { decisions }: Words,
  { kind, who, door }: Omit<DecidedBy, 'at'>,
): string {
  return decisions.by({ what: decisions.kinds[kind], who, door: decisions.doors[door] })
}

/** What came of a decision: from which state to which, or of what stands, what happens to it next. */
export function movedSentence(
  words: Words,
  kind: Kind,
  { from, state }: { from: string; state: string },
): string {
  const { decisions } = words
  const next: unknown = from === state ? Reflect.get(decisions.stands, kind) : undefined
  if (typeof next === 'string') return next
  return decisions.done({ from: stateWord(words, from), to: stateWord(words, state) })
}

/** A state that a decision led from or to; one that came with a later Crieur is told by its name. */
export function stateWord({ decisions, deliveries }: Words, state: string): string {
  const known: unknown = Reflect.get({ ...deliveries.states, ...decisions.states }, state)
  return typeof known === 'string' ? known : state
}

/** Why a decision of that kind did nothing to a delivery, what that is now, and who decided last. */
export function refusalSentence(
  words: Words,
  kind: Kind,
  refused: { why: 'changed' | 'unfit' | 'withdrawn'; state: string; last: DecidedBy | null },
  moment: Moment,
): string {
  const { decisions } = words
  const state = stateWord(words, refused.state)
  const last = lastOf(words, refused.last, moment)
  if (refused.why === 'withdrawn') return decisions.refused.withdrawn()
  return refused.why === 'changed'
    ? decisions.refused.changed({ state, ...last })
    : decisions.refused.unfit({ kind: decisions.kinds[kind], state, ...last })
}

/** Why an answer to a notice came to nothing. `id`: the notice's. */
export function lateSentence(
  words: Words,
  id: string,
  late: { why: 'closed' | 'more' | 'other'; articles: number; last: DecidedBy | null },
  moment: Moment,
): string {
  const { refused } = words.decisions
  switch (late.why) {
    case 'closed':
      return refused.late(lastOf(words, late.last, moment))
    case 'more':
      return refused.more({ articles: late.articles })
    case 'other':
      return refused.other({ id })
  }
}

/** How an account stands after `pause` or `resume`, and who saw to it where it stood like that before. */
export function steeredSentence(
  words: Words,
  steered: { account: string; paused: boolean } & (
    | { done: true }
    | { done: false; last: DecidedBy | null }
  ),
  moment: Moment,
): string {
  const { decisions } = words
  const { account, paused } = steered
  if (steered.done) return (paused ? decisions.paused : decisions.resumed)({ account })
  const last = lastOf(words, steered.last, moment)
  return (paused ? decisions.pausedAlready : decisions.runsAlready)({ account, ...last })
}

function lastOf(words: Words, last: DecidedBy | null, moment: Moment) {
  return last === null
    ? { who: null, at: null }
    : { who: decisionSentence(words, last), at: moment(last.at) }
}
