import { type App, openApp, quietly } from '../app.ts'
import { type Decided, decide as carryOut, type Late, type Refused } from '../deliveries/decide.ts'
import type { Moved } from '../deliveries/move.ts'
import type { Decision } from '../deliveries/moves.ts'
import { refer, type Target } from '../deliveries/refer.ts'
import { lateSentence, movedSentence, refusalSentence } from '../locale/decisions.ts'
import { Problem } from '../locale/problem.ts'
import { notices } from '../notices/view.ts'
import { wakeAccounts } from '../queue/accounts.ts'
import { allFailed, meansAllFailed } from './all-failed.ts'
import type { Command, Invocation } from './command.ts'
import { person } from './person.ts'
import { sayWhoSends } from './sending.ts'
import { tellMoment } from './tell.ts'
import { safe, toned } from './terminal.ts'

/** How many words a decision takes: ids, each its own. */
export const ids: Command['words'] = { least: 1, most: 1000 }

/** What came of one id that was typed. */
interface Answer extends Decided {
  /** As it was typed. */
  on: string
}

/**
 * Carries out one decision about everything that was typed, and tells what came of each. Nothing is done before
 * every id is understood. `newest`: of a flood only so many articles go.
 */
export async function decide(
  invocation: Invocation,
  decision: Decision,
  newest: number | null = null,
): Promise<number> {
  const { config, positionals, stopping, words } = invocation
  const all = meansAllFailed(invocation)
  if (!all && positionals.length === 0) throw tooFew(decision)
  const app = await openApp(quietly(config), null, stopping)
  try {
    const { db, clock } = app.store
    const targets: { on: string; target: Target }[] = all ? await allFailed(app, invocation) : []
    for (const on of positionals) targets.push({ on, target: await refer(db, on) })
    if (newest !== null) await onlyFloods(app, targets)
    const queue = await app.queue() // where it cannot be had, nothing is to be decided
    const means = { db, clock, wake: wakeAccounts.bind(null, queue) }
    const by = person(words)
    const answers: Answer[] = []
    for (const { on, target } of targets) {
      const wish = { on: target, version: null, decision, by, ...(newest !== null && { newest }) }
      answers.push({ on, ...(await carryOut(means, wish)) })
    }
    tell(invocation, decision, answers)
    if (all && !invocation.json) tellHowMany(invocation, decision, answers)
    const going = answers.flatMap(({ moved }) => moved.filter((one) => isToDo(one, decision)))
    if (going.length > 0) await sayWhoSends(app, invocation, new Set(going.map(nameOf)))
    return answers.every(isDone) ? 0 : 1
  } finally {
    await app.close()
  }
}

function tooFew({ kind }: Decision): Problem {
  return new Problem('usage-words', { command: kind, ...ids })
}

function tellHowMany(
  { words: { decisions }, at }: Invocation,
  { kind }: Decision,
  answers: readonly Answer[],
): void {
  const count = answers.reduce((sum, { moved }) => sum + moved.length, 0)
  at.stdout.write(`${decisions.many({ count, what: decisions.kinds[kind] })}\n`)
}

/** Whether a `start` has something to do for it now. */
function isToDo({ from, state }: Moved, { kind }: Decision): boolean {
  return state === 'pending' || kind === 'delete' || (kind === 'retry' && from === state)
}

const nameOf = ({ account }: { account: string }) => account

/** Throws `usage-newest` where something else than a flood is meant. */
async function onlyFloods(app: App, targets: readonly { target: Target }[]): Promise<void> {
  for (const { target } of targets) {
    const [notice] =
      'notice' in target ? await notices(app.store.db, { id: target.notice }) : [undefined]
    if (notice?.kind !== 'flood') throw new Problem('usage-newest', {})
  }
}

function isDone({ moved, refused, articles, late, seen }: Decided): boolean {
  const done = moved.length > 0 || articles !== null || seen
  return refused.length === 0 && late === null && done
}

function tell(invocation: Invocation, { kind }: Decision, answers: readonly Answer[]): void {
  const { json, at, config, words } = invocation
  const moment = (iso: string) => tellMoment(iso, config)
  const told = answers.map(({ refused, late, ...answer }) => ({
    ...answer,
    refused: refused.map((one) => ({
      ...one,
      message: refusalSentence(words, kind, one, moment),
    })),
    late: late && { ...late, message: lateSentence(words, answer.on, late, moment) },
  }))
  if (json) {
    at.stdout.write(`${JSON.stringify(told)}\n`)
    return
  }
  for (const one of told) {
    for (const line of linesOf(one, kind, invocation)) at.stdout.write(`${line}\n`)
  }
}

interface Told extends Answer {
  refused: (Refused & { message: string })[]
  late: (Late & { message: string }) | null
}

function linesOf(
  { on, moved, refused, articles, late, seen }: Told,
  kind: Decision['kind'],
  { words, at }: Invocation,
): string[] {
  const { decisions } = words
  const line = (id: string, good: boolean, text: string) =>
    `${id.padEnd(5)}${toned(at.stdout, good ? 'good' : 'bad', safe(text))}`
  // Of hundreds of posts one line each would tell less than their number.
  if (articles !== null) return [line(on, true, decisions.flood(articles))]
  if (late !== null) return [line(on, false, late.message)]
  if (seen) return [line(on, true, decisions.states.seen)]
  if (moved.length + refused.length === 0) return [line(on, false, decisions.refused.nothing())]
  return [
    ...moved.map((one) => line(one.id, true, `${one.account}: ${movedSentence(words, kind, one)}`)),
    ...refused.map(({ id, account, message }) => line(id, false, `${account}: ${message}`)),
  ]
}
