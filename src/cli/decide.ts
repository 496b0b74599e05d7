import { userInfo } from 'node:os'
import { type App, openApp, quietly } from '../app.ts'
import type { DecisionView, Person } from '../decisions/ledger.ts'
import { type Decided, decide, type Refused, type Wish } from '../deliveries/decide.ts'
import type { Decision } from '../deliveries/moves.ts'
import { refer, type Target } from '../deliveries/refer.ts'
import { Problem } from '../locale/problem.ts'
import type { Words } from '../locale/words.ts'
import { wakeAccounts } from '../queue/accounts.ts'
import type { Command, Invocation } from './command.ts'
import { tellMoment } from './tell.ts'
import { safe, toned } from './terminal.ts'

/** `crieur approve`: what was held goes out; of a flood all, or the newest few. */
export const approve: Command = {
  options: { newest: { type: 'string' }, json: { type: 'boolean' } },
  words: { least: 1, most: 100 },
  run: async (invocation) => {
    const newest = numberOf(invocation.options['newest'])
    return decideAll(invocation, { kind: 'approve' }, newest)
  },
}

/** `crieur retry`: what failed or was canceled is tried again. */
export const retry: Command = {
  options: { json: { type: 'boolean' } },
  words: { least: 1, most: 100 },
  run: (invocation) => decideAll(invocation, { kind: 'retry' }),
}

/** `crieur cancel`: what has not gone out will not. */
export const cancel: Command = {
  options: { json: { type: 'boolean' } },
  words: { least: 1, most: 100 },
  run: (invocation) => decideAll(invocation, { kind: 'cancel' }),
}

/** `crieur resolve`: says what nobody but a person can see, whether a post stands. */
export const resolve: Command = {
  options: {
    published: { type: 'string' },
    'send-again': { type: 'boolean' },
    leave: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  words: { least: 1, most: 1 },
  run: (invocation) => decideAll(invocation, resolutionOf(invocation.options)),
}

function resolutionOf(options: Invocation['options']): Decision {
  const chosen: Decision[] = []
  const url = options['published']
  if (typeof url === 'string') chosen.push({ kind: 'resolve', as: 'published', url })
  if (options['send-again'] === true) chosen.push({ kind: 'resolve', as: 'send again' })
  if (options['leave'] === true) chosen.push({ kind: 'resolve', as: 'leave' })
  const [one, ...others] = chosen
  if (one === undefined || others.length > 0) throw new Problem('usage-resolve', {})
  return one
}

function numberOf(typed: string | boolean | undefined): number | null {
  if (typeof typed !== 'string') return null
  if (!/^\d{1,5}$/.test(typed)) throw new Problem('usage-number', { option: '--newest' })
  return Number(typed)
}

/** Who types: the login on this machine, where it can be had. */
export function typist(words: Words): Person {
  try {
    return { who: userInfo().username, door: 'cli' }
  } catch {
    return { who: words.decisions.doors.cli, door: 'cli' }
  }
}

async function decideAll(
  invocation: Invocation,
  decision: Decision,
  newest: number | null = null,
): Promise<number> {
  const { config, positionals, stopping, words, at, json } = invocation
  const app = await openApp(quietly(config), null, stopping)
  try {
    const targets: Target[] = []
    for (const typed of positionals) targets.push(await refer(app.store.db, typed))
    if (newest !== null && !targets.every((target) => 'notice' in target))
      throw new Problem('usage-newest', {})
    const by = typist(words)
    const decided: Decided[] = []
    for (const on of targets) {
      const wish: Wish = { on, version: null, decision, by, ...(newest !== null && { newest }) }
      decided.push(await carryOut(app, wish))
    }
    if (json) at.stdout.write(`${JSON.stringify(decided.length === 1 ? decided[0] : decided)}\n`)
    else for (const one of decided) at.stdout.write(tellDecided(one, invocation))
    const moved = decided.flatMap((one) => one.moved)
    if (
      moved.some(({ state }) => state === 'pending') &&
      !(await app.store.session.startIsRunning())
    )
      at.stderr.write(`${words.cli.nobodySends()}\n`)
    return decided.every(isDone) ? 0 : 1
  } finally {
    await app.close()
  }
}

function carryOut(app: App, wish: Wish): Promise<Decided> {
  const { db, clock } = app.store
  const wake = async (accounts: Parameters<typeof wakeAccounts>[1]) =>
    wakeAccounts(await app.queue(), accounts)
  return decide({ db, clock, wake }, wish)
}

function isDone({ refused, late, moved, articles }: Decided): boolean {
  return refused.length === 0 && late === null && (moved.length > 0 || articles !== null)
}

function tellDecided(
  { moved, refused, articles, late }: Decided,
  { words, config, at }: Invocation,
): string {
  const { states } = words.deliveries
  const lines = moved.map(({ id, account, from, state }) => {
    const told = from === state ? states[state] : `${states[from]} → ${states[state]}`
    return `${id.padEnd(5)}${toned(at.stdout, 'good', `${account}: ${told}`)}`
  })
  lines.push(...refused.map((one) => `${one.id.padEnd(5)}${tellRefused(one, words, config)}`))
  if (articles !== null) lines.push(words.decisions.flood(articles))
  if (late !== null) {
    const last = late.last === null ? '' : ` (${tellLast(late.last, words, config)})`
    lines.push(`${words.decisions.late()}${last}`)
  }
  if (lines.length === 0) lines.push(words.decisions.nothing())
  return `${lines.map((line) => `${line}\n`).join('')}`
}

/** Why a decision did nothing, and who decided last. */
function tellRefused(
  { account, why, state, last }: Refused,
  words: Words,
  config: Invocation['config'],
): string {
  const told = words.decisions[why]({ state: words.deliveries.states[state] })
  return safe(
    [`${account}: ${told}`, last && tellLast(last, words, config)].filter(Boolean).join(' · '),
  )
}

function tellLast({ kind, who, at }: DecisionView, words: Words, config: Invocation['config']) {
  const what = words.decisions.kinds[kind]
  return words.decisions.lastBy({ what, who, at: tellMoment(at, config) })
}
