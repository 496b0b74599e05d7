import { syncAccounts } from '../accounts/ledger.ts'
import { type App, openApp, quietly } from '../app.ts'
import { keepRead } from '../articles/ledger.ts'
import type { ReadArticle } from '../articles/read.ts'
import type { AccountSettings } from '../config/config.ts'
import { announce } from '../deliveries/announce.ts'
import { comesOutAt } from '../deliveries/publication.ts'
import { releaseNamed } from '../deliveries/on-purpose.ts'
import type { DeliveryView } from '../deliveries/view.ts'
import { currentAccount } from '../deliveries/reach.ts'
import { CALL_MS } from '../deliveries/lease.ts'
import { articleStory } from '../deliveries/story.ts'
import { checkedTemplates } from '../deliveries/templates.ts'
import { Problem } from '../locale/problem.ts'
import { wakeAccounts } from '../queue/accounts.ts'
import { tellChange } from '../store/changes.ts'
import { chosen } from './accounts.ts'
import type { Command, Invocation } from './command.ts'
import { openInput, readInput } from './input.ts'
import { momentOf, tellExactly } from './moment.ts'
import { person } from './person.ts'
import { preview } from './preview.ts'
import { hostIfNeeded } from './sandbox.ts'
import { tellArticle } from './tell.ts'
import { publicArticle } from '../deliveries/public.ts'
import { titled } from './terminal.ts'
import { waitUntilSettled } from './wait.ts'

/** `crieur post`: announces one article, now or at a moment; the same article again sends nothing. */
export const post: Command = {
  options: {
    to: { type: 'string' },
    at: { type: 'string' },
    again: { type: 'boolean' },
    wait: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
  },
  words: { least: 1, most: 1 },
  run: async (invocation) => {
    const { config, options, positionals, at, stopping } = invocation
    if (options['dry-run'] === true) return preview.run(invocation)
    const moment = options['at'] === undefined ? null : meant(String(options['at']), invocation)
    const input = await openInput(positionals[0] ?? '', at)
    await checkedTemplates(config)
    const sandbox = await hostIfNeeded(config)
    const accounts = chosen(sandbox?.accounts ?? config.accounts, options['to'])
    const app = await openApp(quietly(config), sandbox, stopping)
    try {
      const read = await readInput(input, app.fetch, app.reading.junkOf)
      const article = await announceNow(app, read, accounts, moment, options['again'] === true)
      return await waitAndTell(app, invocation, article)
    } finally {
      await app.close(CALL_MS + 1000)
    }
  },
}

/** The moment that was typed; where the clocks change that night, which one is told. */
function meant(typed: string, { config, words, at: { stderr } }: Invocation): Date {
  const { at, doubt } = momentOf(typed, config.timeZone, new Date())
  if (doubt !== null) {
    const told = { typed, at: tellExactly(at, config) }
    const { clockSkipped, clockTwice } = words.cli
    stderr.write(`${(doubt === 'skipped' ? clockSkipped : clockTwice)(told)}\n`)
  }
  return at
}

interface Announced {
  article: number
  /** Deliveries that stand since now. */
  added: number
}

/** Keeps the article and its deliveries in one transaction, then wakes the accounts. */
async function announceNow(
  app: App,
  read: ReadArticle,
  chosenAccounts: readonly AccountSettings[],
  moment: Date | null,
  again: boolean,
): Promise<Announced> {
  const { db, clock } = app.store
  if (read.keys.length === 0) throw new Problem('not-an-article', { address: read.article.url })
  const queue = await app.queue() // where it cannot be had, nothing is to stand afterwards
  const synced = await syncAccounts(db, app.sandbox?.accounts ?? app.config.accounts)
  const rows = await Promise.all(synced.map((row) => currentAccount(app.publishing, row)))
  const accounts = rows.filter((row) => chosenAccounts.some(({ name }) => name === row.name))
  const now = clock()
  const siteAt = moment === null ? comesOutAt(read.article, now) : null
  const at = moment ?? siteAt ?? now
  const hold = app.holding.approve ? ('approval' as const) : null
  const announced = await db.transaction().execute(async (tx) => {
    const { id } = await keepRead(tx, read, { heardAs: null, via: 'person', dueAt: null, now })
    const ids = accounts.map((account) => account.id)
    const added = await announce(tx, { article: id, accounts: ids, at, siteAt, again, hold }, now)
    await releaseNamed(tx, { article: id, accounts: ids, by: person(app.words) }, now)
    await tellChange(tx, `a${id}`)
    return { article: id, added: added.length }
  })
  await wakeAccounts(queue, accounts, at)
  return announced
}

async function waitAndTell(
  app: App,
  { options, json, words, at }: Invocation,
  { article, added }: Announced,
): Promise<number> {
  const say = (line: string) => at.stderr.write(`${line}\n`)
  const wait = options['wait'] === true
  if (wait) await waitUntilSettled(app, article, at.rooms, say)
  const story = await articleStory(app.store.db, article)
  if (story === null) throw new Error(`a${article} vanished`)
  const latest = lastRounds(story.deliveries)
  const waiting = latest.some(({ state }) => state === 'pending')
  if (waiting && !wait && !(await app.store.session.startIsRunning())) say(words.cli.nobodySends())
  if (json) at.stdout.write(`${JSON.stringify(publicArticle(story, words))}\n`)
  else {
    if (added === 0)
      at.stdout.write(`${words.cli.announcedAlready({ title: titled(story.title) })}\n`)
    at.stdout.write(`${tellArticle(story, words, app.config, at.stdout)}\n`)
  }
  if (latest.some(({ state }) => state === 'held')) {
    say(words.notices.answers.held({ id: story.id }))
  }
  return wait && latest.some(({ state }) => state !== 'published') ? 1 : 0
}

/** What was sent again on purpose stands for what was sent before. */
function lastRounds(all: readonly DeliveryView[]): DeliveryView[] {
  return [...new Map(all.map((delivery) => [delivery.account, delivery])).values()]
}
