import type { App } from '../app.ts'
import { checkAccounts } from '../deliveries/check.ts'
import { announceNewest } from '../deliveries/newest.ts'
import { errorSentence } from '../locale/errors.ts'
import { publishJob, readArticleJob } from '../queue/jobs.ts'
import { configuredSources } from '../sources/ledger.ts'
import { pollDue } from '../sources/poll.ts'
import { configuredAccounts } from '../accounts/ledger.ts'

/** How many articles a sandbox announces by itself, so that there is something to see. */
const SANDBOX_SHOWS = 3

/**
 * What a `start` does once it is up: asks the accounts who they are, takes the sources' baselines, announces
 * the few articles it was asked to, and says in one sentence what will happen next.
 */
export async function firstSteps(
  app: App,
  backfill: number,
  say: (line: string) => void,
): Promise<void> {
  const { db, schema } = app.store
  const checking = checkAccounts(app.publishing)
  const polled = await pollDue({ ...app.reading, everyMs: app.config.feedIntervalMs })
  const fresh = polled.filter(({ baseline }) => baseline)
  const queue = await app.queue()
  for (const { baseline, heard } of polled) {
    if (!baseline) for (const article of heard) await queue.wake(readArticleJob(article))
  }
  let announced = 0
  if (app.sandbox === null) {
    for (const { source } of fresh) {
      announced += await announceNewest(app.reading, schema, [source.id], backfill, 'backfill')
    }
  } else {
    const sources = await configuredSources(db)
    const missing = SANDBOX_SHOWS - (await announcedBySandbox(app))
    const ids = sources.map(({ id }) => id)
    announced = await announceNewest(app.reading, schema, ids, missing, 'sandbox')
  }
  const checked = await checking
  for (const { account, refusal } of checked) {
    if (refusal === null) continue
    const message = errorSentence(app.words, { kind: refusal.kind, message: refusal.reason })
    say(app.words.cli.accountRefused({ account: account.name, message }))
  }
  for (const { id, platform } of await configuredAccounts(db)) {
    await queue.wake(publishJob(platform, id))
  }
  if (fresh.length > 0) await sayWhatComes(app, fresh, announced, say)
}

async function announcedBySandbox(app: App): Promise<number> {
  const { rows } = await app.store.db
    .selectFrom('articles')
    .select((row) => row.fn.countAll<number>().as('rows'))
    .where('via', '=', 'sandbox')
    .where('state', '=', 'ready')
    .executeTakeFirstOrThrow()
  return rows
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
