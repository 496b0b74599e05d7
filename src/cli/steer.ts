import { configuredAccounts } from '../accounts/ledger.ts'
import { pause as pauseAccount, resume as resumeAccount, type Steered } from '../accounts/steer.ts'
import { openApp, quietly } from '../app.ts'
import { Problem } from '../locale/problem.ts'
import type { Words } from '../locale/words.ts'
import { wakeAccounts } from '../queue/accounts.ts'
import type { Command, Invocation } from './command.ts'
import { typist } from './decide.ts'
import { tellMoment } from './tell.ts'
import { safe } from './terminal.ts'

/** `crieur pause`: nothing is sent on an account, or on any, until somebody says so. */
export const pause: Command = {
  options: { json: { type: 'boolean' } },
  words: { least: 0, most: 1 },
  run: (invocation) => steer(invocation, pauseAccount),
}

/** `crieur resume`: an account, or all of them, go on. */
export const resume: Command = {
  options: { json: { type: 'boolean' } },
  words: { least: 0, most: 1 },
  run: (invocation) => steer(invocation, resumeAccount),
}

async function steer(invocation: Invocation, how: typeof pauseAccount): Promise<number> {
  const { config, positionals, stopping, words, at, json } = invocation
  const app = await openApp(quietly(config), null, stopping)
  try {
    const { db, clock } = app.store
    const accounts = await configuredAccounts(db)
    const [name] = positionals
    const chosen = name === undefined ? accounts : accounts.filter((one) => one.name === name)
    if (name !== undefined && chosen.length === 0) {
      const known = accounts.map((one) => one.name).join(', ')
      throw new Problem('usage-account', { account: name, known })
    }
    const steered: Steered[] = []
    for (const { id } of chosen) steered.push(await how(db, id, typist(words), clock()))
    if (how === resumeAccount) await wakeAccounts(await app.queue(), chosen)
    if (json) at.stdout.write(`${JSON.stringify(steered)}\n`)
    else for (const one of steered) at.stdout.write(`${tellSteered(one, words, config)}\n`)
    // Of all accounts together, those that stood like that already are no failure.
    return name === undefined || steered.every(({ done }) => done) ? 0 : 1
  } finally {
    await app.close()
  }
}

function tellSteered(one: Steered, words: Words, config: Invocation['config']): string {
  const { decisions } = words
  const { account } = one
  if (one.done) return (one.paused ? decisions.paused : decisions.resumed)({ account })
  const told = (one.paused ? decisions.pausedAlready : decisions.runsAlready)({ account })
  if (one.last === null) return told
  const { kind, who, at } = one.last
  const what = decisions.kinds[kind]
  return safe(`${told} · ${decisions.lastBy({ what, who, at: tellMoment(at, config) })}`)
}
