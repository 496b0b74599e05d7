import { configuredAccounts } from '../accounts/ledger.ts'
import type { App } from '../app.ts'
import { readSources } from '../deliveries/brought.ts'
import { checkAccounts } from '../deliveries/check.ts'
import { errorSentence } from '../locale/errors.ts'
import { sentenceOf } from '../locale/problem.ts'
import { wakeAccounts } from '../queue/accounts.ts'

/**
 * What a `start` does once it is up: asks the accounts who they are, takes the sources' baselines, announces
 * the few articles it was asked to, and says in one sentence what will happen next.
 */
export async function firstSteps(app: App, say: (line: string) => void): Promise<void> {
  const checking = checkAccounts(app.publishing)
  const { polled, announced } = await readSources(await app.bringing())
  for (const { source, problem } of polled) {
    if (problem === null) continue
    const message = sentenceOf(app.words, problem)
    say(app.words.cli.sourceUnread({ source: source.url, message }))
  }
  const checked = await checking
  for (const { account, refusal } of checked) {
    if (refusal === null) continue
    const message = errorSentence(app.words, { kind: refusal.kind, message: refusal.reason })
    say(app.words.cli.accountRefused({ account: account.name, message }))
  }
  await wakeAccounts(await app.queue(), await configuredAccounts(app.store.db))
  if (app.sources.length === 0) say(app.words.cli.noSources())
  const fresh = polled.filter(({ baseline }) => baseline)
  if (fresh.length > 0) await sayWhatComes(app, fresh, announced, say)
}

async function sayWhatComes(
  app: App,
  fresh: readonly { source: { id: number } }[],
  announced: number,
  say: (line: string) => void,
): Promise<void> {
  const { rows } = await app.store.db
    .selectFrom('articles')
    .select((row) => row.fn.countAll<number>().as('rows'))
    .where('state', '=', 'known')
    .where(
      'source_id',
      'in',
      fresh.map(({ source }) => source.id),
    )
    .executeTakeFirstOrThrow()
  const accounts = await configuredAccounts(app.store.db)
  const names = accounts.map((account) => account.title ?? account.name)
  say(app.words.cli.whatComes({ known: rows, announced, accounts: names }))
}
