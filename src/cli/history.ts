import type { DecisionView } from '../decisions/ledger.ts'
import { type DeliveryView, type DeliveryWithPost, warningsOf } from '../deliveries/view.ts'
import type { CountsView } from '../engagement/stats.ts'
import { tellCounts } from '../locale/counts.ts'
import { decisionSentence, stateWord } from '../locale/decisions.ts'
import type { Invocation } from './command.ts'
import { tellMoment } from './tell.ts'
import { safe } from './terminal.ts'

/** Lines below a heading stand this far in. */
const INDENT = '     '

type Telling = Pick<Invocation, 'words' | 'config'>

/** What was tried and decided about one delivery, in the order it happened, then what readers did. */
export function historyLines(
  delivery: DeliveryView,
  decisions: readonly DecisionView[],
  counts: CountsView | undefined,
  telling: Telling,
): string[] {
  const { words } = telling
  const own = decisions.filter((one) => one.delivery === delivery.id)
  const happened = [
    ...delivery.attempts.map(({ at, operation, outcome, reason }) => ({
      at,
      told: [
        words.deliveries.operations[operation],
        outcome === null ? '…' : words.deliveries.outcomes[outcome],
        ...(reason === null ? [] : [reason]),
      ],
    })),
    ...own.map((decision) => ({ at: decision.at, told: toldOf(decision, telling) })),
  ].toSorted((one, other) => one.at.localeCompare(other.at))
  const lines = happened.map(({ at, told }) => line([tellMoment(at, telling.config), ...told]))
  return counts === undefined ? lines : [...lines, line([tellCounts(words, counts)])]
}

/** Decisions, one a line: who, by which door, when, from what to what. */
export function decisionLines(decisions: readonly DecisionView[], telling: Telling): string[] {
  return decisions.map((decision) =>
    line([tellMoment(decision.at, telling.config), ...toldOf(decision, telling)]),
  )
}

/** What there is to know of a delivery's post, a sentence a line. */
export function warningLines(delivery: DeliveryWithPost, { words }: Telling): string[] {
  return warningsOf(delivery).map(({ kind, about = '' }) =>
    line([`! ${words.web.warnings[kind](about)}`]),
  )
}

function toldOf(decision: DecisionView, { words }: Telling): string[] {
  const from = stateWord(words, decision.from)
  const to = stateWord(words, decision.to)
  return [decisionSentence(words, decision), words.decisions.done({ from, to })]
}

function line(parts: readonly string[]): string {
  return INDENT + safe(parts.join(' · '))
}
