import { type App, openApp, quietly } from '../app.ts'
import { type AccountOverview, type Overview, overview } from '../deliveries/overview.ts'
import { publicQueue } from '../deliveries/public.ts'
import { errorSentence } from '../locale/errors.ts'
import { sentenceOf } from '../locale/problem.ts'
import { type NoticeView, notices } from '../notices/view.ts'
import { waitFor } from '../store/changes.ts'
import type { Command, Invocation } from './command.ts'
import { needsLines } from './needs.ts'
import { tellMoment } from './tell.ts'
import { safe, titled, toned } from './terminal.ts'

/** `crieur queue`: deliveries by state and account, what goes out next and about when, what needs a person. */
export const queue: Command = {
  options: { watch: { type: 'boolean' }, json: { type: 'boolean' } },
  words: { least: 0, most: 0 },
  run: async (invocation) => {
    const { config, options, stopping } = invocation
    const app = await openApp(quietly(config), null, stopping)
    try {
      if (options['watch'] === true) await watch(app, invocation)
      else write(invocation, await look(app))
      return 0
    } finally {
      await app.close()
    }
  },
}

/** The queue, and what needs a person. */
interface Seen extends Overview {
  notices: NoticeView[]
}

async function look({ store: { db, clock } }: App): Promise<Seen> {
  return { ...(await overview(db, clock())), notices: await notices(db) }
}

/** Tells the queue again whenever it changed, until it is stopped. */
async function watch(app: App, invocation: Invocation): Promise<void> {
  let told = ''
  await waitFor(
    app.store,
    async () => {
      const now = await look(app)
      const text = JSON.stringify(now)
      if (text !== told) write(invocation, now)
      told = text
      return null
    },
    app.stopping,
  )
}

function write(invocation: Invocation, seen: Seen): void {
  const { json, words, at } = invocation
  const told = json ? JSON.stringify(publicQueue(seen, words)) : tell(seen, invocation)
  at.stdout.write(`${told}\n`)
}

function tell(seen: Seen, invocation: Invocation): string {
  const { words, config, at } = invocation
  const out = at.stdout
  const lines: string[] = []
  for (const account of seen.accounts) {
    const states = account.states.map(
      ({ state, count }) => `${words.deliveries.states[state]} ${count}`,
    )
    lines.push(
      `${toned(out, 'strong', account.account)}  ${states.join(', ') || words.cli.nothingYet()}`,
    )
    lines.push(toned(out, 'quiet', `  ${lastlyOf(account, invocation)}`))
    if (account.paused !== null) {
      const { kind, reason } = account.paused
      const why =
        kind === 'person'
          ? words.deliveries.pausedBy({ who: reason })
          : errorSentence(words, { kind, message: reason })
      lines.push(`  ${toned(out, 'bad', safe(why))}`)
    }
    if (!account.configured) lines.push(`  ${words.deliveries.accountGone()}`)
  }
  if (seen.accounts.length === 0) lines.push(words.cli.nothingYet())
  if (seen.next.length > 0) lines.push('', toned(out, 'strong', words.cli.next()))
  for (const row of seen.next) {
    const about = tellMoment(row.about, config)
    lines.push(`  ${row.id}  ${row.account}  ${about}  ${titled(row.title)}`)
  }
  lines.push(...needsLines(seen.notices, invocation))
  if (seen.sources.length > 0) lines.push('')
  for (const source of seen.sources) lines.push(...sourceLines(source, invocation))
  return lines.join('\n')
}

/** When something was published there last, and how much more its platform takes. */
function lastlyOf(
  { lastSuccessAt, allowance }: AccountOverview,
  { words: { health }, config }: Invocation,
): string {
  const at = lastSuccessAt === null ? null : tellMoment(lastSuccessAt, config)
  const told = [at === null ? health.neverYet() : health.lastSuccess({ at })]
  if (allowance !== null) {
    const { limit, remaining, resetsAt } = allowance
    told.push(health.allowance({ limit, remaining, at: tellMoment(resetsAt, config) }))
  }
  return told.join(' · ')
}

function sourceLines(
  { url, lastReadAt, problem }: Overview['sources'][number],
  { words, config }: Invocation,
): string[] {
  const at = lastReadAt === null ? null : tellMoment(lastReadAt, config)
  const { lastRead, neverRead } = words.health
  const read = `${safe(url)}  ${at === null ? neverRead() : lastRead({ at })}`
  return problem === null ? [read] : [read, `  ${safe(sentenceOf(words, problem))}`]
}
