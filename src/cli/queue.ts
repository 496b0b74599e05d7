import { type App, openApp, quietly } from '../app.ts'
import { type Overview, overview } from '../deliveries/overview.ts'
import { errorSentence } from '../locale/errors.ts'
import { sentenceOf } from '../locale/problem.ts'
import { waitFor } from '../store/changes.ts'
import type { Command, Invocation } from './command.ts'
import { tellMoment } from './tell.ts'
import { safe, toned } from './terminal.ts'

/** `crieur queue`: deliveries by state and account, what goes out next and about when, what needs a person. */
export const queue: Command = {
  options: { watch: { type: 'boolean' }, json: { type: 'boolean' } },
  words: { least: 0, most: 0 },
  run: async (invocation) => {
    const { config, options, stopping } = invocation
    const app = await openApp(quietly(config), null, stopping)
    try {
      if (options['watch'] === true) await watch(app, invocation)
      else write(invocation, await overview(app.store.db, app.store.clock()))
      return 0
    } finally {
      await app.close()
    }
  },
}

/** Tells the queue again whenever it changed, until it is stopped. */
async function watch(app: App, invocation: Invocation): Promise<void> {
  let told = ''
  await waitFor(
    app.store,
    async () => {
      const now = await overview(app.store.db, app.store.clock())
      const text = JSON.stringify(now)
      if (text !== told) write(invocation, now)
      told = text
      return null
    },
    app.stopping,
  )
}

function write({ json, words, config, at }: Invocation, seen: Overview): void {
  const told = json
    ? JSON.stringify({
        ...seen,
        sources: seen.sources.map((source) => ({
          ...source,
          problem: source.problem && sentenceOf(words, source.problem),
        })),
      })
    : tell(seen, words, config, at.stdout)
  at.stdout.write(`${told}\n`)
}

function tell(
  seen: Overview,
  words: Invocation['words'],
  config: Invocation['config'],
  out: Parameters<typeof toned>[0],
): string {
  const lines: string[] = []
  for (const account of seen.accounts) {
    const states = account.states.map(
      ({ state, count }) => `${words.deliveries.states[state]} ${count}`,
    )
    lines.push(
      `${toned(out, 'strong', account.account)}  ${states.join(', ') || words.cli.nothingYet()}`,
    )
    if (account.paused !== null) {
      const why = errorSentence(words, {
        kind: account.paused.kind,
        message: account.paused.reason,
      })
      lines.push(`  ${toned(out, 'bad', safe(why))}`)
    }
    if (!account.configured) lines.push(`  ${words.deliveries.accountGone()}`)
  }
  if (seen.accounts.length === 0) lines.push(words.cli.nothingYet())
  if (seen.next.length > 0) lines.push('', toned(out, 'strong', words.cli.next()))
  for (const row of seen.next) {
    const about = tellMoment(row.about, config)
    lines.push(`  ${row.id}  ${row.account}  ${about}  ${safe(row.title)}`)
  }
  if (seen.needsPerson.length > 0) lines.push('', toned(out, 'strong', words.cli.needsPerson()))
  for (const row of seen.needsPerson) {
    const why =
      row.state === 'held'
        ? words.deliveries.heldLate()
        : row.error && errorSentence(words, row.error)
    lines.push(
      `  ${row.id}  ${row.account}  ${words.deliveries.states[row.state]}  ${safe(row.title)}`,
      ...(why ? [`      ${safe(why)}`] : []),
    )
  }
  for (const source of seen.sources) {
    if (source.problem !== null) lines.push('', safe(sentenceOf(words, source.problem)))
  }
  return lines.join('\n')
}
