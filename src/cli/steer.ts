import { type AccountRow, configuredAccounts, syncAccounts } from '../accounts/ledger.ts'
import type { pause, Steered } from '../accounts/steer.ts'
import type { App } from '../app.ts'
import { steeredSentence } from '../locale/decisions.ts'
import { Problem } from '../locale/problem.ts'
import type { Invocation } from './command.ts'
import { person } from './person.ts'
import { tellMoment } from './tell.ts'
import { safe, toned } from './terminal.ts'

/**
 * Stops the account that was typed, or all, or lets them go on, and tells how each stands. Of all together those
 * that stood like that already are no failure. Throws `usage-account`.
 */
export async function steer(
  app: App,
  { positionals: [name], words, config, at, json }: Invocation,
  how: typeof pause,
): Promise<{ accounts: AccountRow[]; code: number }> {
  const { db, clock } = app.store
  const accounts = await chosen(app, name)
  const by = person(words)
  const steered: Steered[] = []
  for (const { id } of accounts) steered.push(await how(db, id, by, clock()))
  const told = steered.map((one) => ({
    ...one,
    message: steeredSentence(words, one, (iso) => tellMoment(iso, config)),
  }))
  if (json) at.stdout.write(`${JSON.stringify(told)}\n`)
  else {
    for (const { done, message } of told) {
      at.stdout.write(`${toned(at.stdout, done ? 'good' : 'quiet', safe(message))}\n`)
    }
  }
  const code = name === undefined || steered.every(({ done }) => done) ? 0 : 1
  return { accounts, code }
}

async function chosen({ store, config }: App, name: string | undefined): Promise<AccountRow[]> {
  const accounts =
    config.accounts.length > 0
      ? await syncAccounts(store.db, config.accounts)
      : await configuredAccounts(store.db)
  if (name === undefined) return accounts
  const account = accounts.find((one) => one.name === name)
  if (account !== undefined) return [account]
  const known = accounts.map((one) => one.name).join(', ')
  throw new Problem('usage-account', { account: name, known })
}
