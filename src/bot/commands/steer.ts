import { configuredAccounts } from '../../accounts/ledger.ts'
import { pause as pauseAccount, resume as resumeAccount } from '../../accounts/steer.ts'
import { steeredSentence } from '../../locale/decisions.ts'
import { Problem, sentenceOf } from '../../locale/problem.ts'
import { wakeAccounts } from '../../queue/accounts.ts'
import { momentOf } from '../cards/sight.ts'
import type { Talk } from '../talk.ts'
import type { Command } from './command.ts'

/** `/pause [account]`: nothing goes out there, or anywhere. */
export const pause: Command = (talk, words) => steerNamed(talk, words, pauseAccount)

/** `/resume [account]`: it goes on, or all of them. */
export const resume: Command = (talk, words) => steerNamed(talk, words, resumeAccount)

async function steerNamed(talk: Talk, words: string, how: typeof pauseAccount): Promise<void> {
  const accounts = await configuredAccounts(talk.sight.db)
  const name = words.trim()
  // A phone begins a word with a capital.
  const isNamed = (account: { name: string }) => account.name.toLowerCase() === name.toLowerCase()
  const chosen = name === '' ? accounts : accounts.filter(isNamed)
  if (chosen.length === 0) {
    const known = accounts.map((account) => account.name).join(', ')
    const problem = new Problem('usage-account', { account: name, known })
    return talk.say(sentenceOf(talk.sight.words, problem))
  }
  const told: string[] = []
  for (const { id } of chosen) told.push(await steer(talk, id, how === pauseAccount))
  await talk.say(told.join('\n'))
}

/** Stops an account or lets it go on; answers what came of it. */
export async function steer(talk: Talk, account: number, stop: boolean): Promise<string> {
  const { sight, by, desk } = talk
  const how = stop ? pauseAccount : resumeAccount
  const steered = await how(sight.db, account, by, sight.clock())
  if (!stop) {
    const rows = await configuredAccounts(sight.db)
    const queue = await desk.program.queue()
    await wakeAccounts(
      queue,
      rows.filter(({ id }) => id === account),
    )
  }
  return steeredSentence(sight.words, steered, (iso) => momentOf(iso, sight))
}
