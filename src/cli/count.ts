import { syncAccounts } from '../accounts/ledger.ts'
import { type App, openApp, quietly } from '../app.ts'
import { CALL_MS } from '../deliveries/lease.ts'
import { refer } from '../deliveries/refer.ts'
import { type AskedFor, countAsked, deliveriesOf } from '../engagement/asked.ts'
import { unknownCounts } from '../engagement/merge.ts'
import { type CountsView, latestCounts } from '../engagement/stats.ts'
import { tellCounts } from '../locale/counts.ts'
import { errorSentence } from '../locale/errors.ts'
import { Problem } from '../locale/problem.ts'
import type { Words } from '../locale/words.ts'
import type { Command, Invocation } from './command.ts'
import { hostIfNeeded } from './sandbox.ts'
import { safe, toned } from './terminal.ts'

/** `crieur count`: asks the platforms now what readers did with some posts, or with all of the last month. */
export const count: Command = {
  options: { json: { type: 'boolean' } },
  words: { least: 0, most: 1000 },
  run: async (invocation) => {
    const { config, positionals, stopping } = invocation
    const sandbox = await hostIfNeeded(config)
    const app = await openApp(quietly(config), sandbox, stopping)
    try {
      const wanted = positionals.length === 0 ? null : await idsOf(app, positionals)
      await syncAccounts(app.store.db, sandbox?.accounts ?? config.accounts)
      const publishes = () => app.store.session.startIsRunning()
      const asked = await countAsked({ ...app.publishing, publishes }, wanted)
      const counts = await latestCounts(
        app.store.db,
        asked.map(({ id }) => id),
      )
      tell(invocation, asked, counts)
      const missed = asked.some(({ outcome }) => outcome !== 'counted' && outcome !== 'gone')
      return missed || stopping.aborted ? 1 : 0
    } finally {
      await app.close(CALL_MS + 1000)
    }
  },
}

async function idsOf({ store }: App, typed: readonly string[]): Promise<number[]> {
  const ids = new Set<number>()
  for (const word of typed) {
    const target = await refer(store.db, word)
    if ('notice' in target) throw new Problem('usage-id', { typed: word })
    for (const id of await deliveriesOf(store.db, target)) ids.add(id)
  }
  return [...ids]
}

function tell(
  { json, words, at }: Invocation,
  asked: readonly AskedFor[],
  counts: ReadonlyMap<number, CountsView>,
): void {
  if (json) {
    const all = asked.map((one) => ({ ...viewOf(one, counts), error: errorOf(one, words) }))
    at.stdout.write(`${JSON.stringify(all)}\n`)
    return
  }
  if (asked.length === 0) at.stdout.write(`${words.engagement.nothing()}\n`)
  const width = Math.max(0, ...asked.map(({ account }) => account.length))
  for (const one of asked) {
    const view = viewOf(one, counts)
    const said = errorOf(one, words)?.message ?? tellCounts(words, view)
    const url = view.url === null ? '' : `  ${toned(at.stdout, 'quiet', safe(view.url))}`
    const tone = one.outcome === 'counted' ? 'good' : 'bad'
    const head = `${`d${one.id}`.padEnd(5)} ${one.account.padEnd(width)}`
    at.stdout.write(`${head}  ${toned(at.stdout, tone, safe(said))}${url}\n`)
  }
}

/** What is known of one that could not be counted now stays what it was. */
function viewOf(
  { id, account, platform }: AskedFor,
  counts: ReadonlyMap<number, CountsView>,
): CountsView {
  const nothing = { delivery: `d${id}`, account, platform, url: null, countedAt: null }
  return counts.get(id) ?? { ...nothing, ...unknownCounts }
}

/** Why one could not be counted, in a sentence; null where it was. */
function errorOf({ outcome, problem }: AskedFor, words: Words) {
  const kind = outcome
  switch (outcome) {
    case 'counted':
      return null
    case 'gone':
      return { kind, message: words.engagement.gone() }
    case 'not published':
      return { kind, message: words.engagement.notPublished() }
    case 'account stands':
      return { kind, message: words.engagement.accountStands() }
    case 'no answer':
      return { kind, message: words.engagement.noAnswer() }
    case 'put off': {
      if (problem === null) return { kind, message: words.engagement.notYet() }
      const message = errorSentence(words, { kind: problem.kind, message: problem.reason })
      return { kind: problem.kind, message: words.engagement.putOff({ message }) }
    }
  }
}
