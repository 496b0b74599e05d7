import type { App } from '../src/app.ts'
import { reasonOf } from '../src/reason.ts'
import { lastDone } from '../src/store/upkeep.ts'
import { announce } from './announce.ts'
import { count } from './count.ts'
import { poll } from './poll.ts'
import { publish } from './publish.ts'
import { read } from './read.ts'
import { sweep } from './sweep.ts'

const MINUTE_MS = 60_000

/** Workers at work. */
export interface Workers {
  /** What only a `start` does beside the jobs: recurring ones are put in their places, again and again. */
  keepHouse(): void
  stop(): void
}

/** Binds every job to its queue and starts taking them, what the ledger says is due first. */
export async function startWorkers(app: App): Promise<Workers> {
  const queue = await app.queue()
  const accounts = app.sandbox?.accounts ?? app.config.accounts
  // An account that hangs holds its own place only.
  const places = (platform: string) =>
    Math.max(1, accounts.filter((account) => account.platform === platform).length)
  await queue.work(
    {
      read: (payload) => read(app, payload),
      announce: (payload) => announce(app, payload),
      publish: (payload) => publish(app, payload),
      count: (payload) => count(app, payload),
      poll: () => poll(app),
      sweep: () => sweep(app),
    },
    {
      articles: 4,
      telegram: places('telegram'),
      bluesky: places('bluesky'),
      mastodon: places('mastodon'),
      engagement: Math.min(8, Math.max(1, accounts.length)),
      upkeep: 2,
    },
  )
  await sweep(app)
  let timer: NodeJS.Timeout | undefined
  return {
    keepHouse: () => {
      tend(app)
      timer = setInterval(tend, MINUTE_MS, app)
    },
    stop: () => clearInterval(timer),
  }
}

function tend(app: App): void {
  placeSchedulers(app).catch((error: unknown) => {
    if (app.publishing.stopping.aborted) return
    app.log.warn('upkeep put off', { reason: reasonOf(error) })
  })
}

/** Schedulers die with a wiped queue, so they are put back each minute; and somebody sweeps if nobody did for two. */
async function placeSchedulers(app: App): Promise<void> {
  await app.store.setClock()
  const queue = await app.queue()
  await queue.repeat('upkeep', 'sweep', MINUTE_MS)
  await queue.repeat('upkeep', 'poll', Math.min(app.config.feedIntervalMs, MINUTE_MS))
  const { db, clock } = app.store
  const last = await lastDone(db, 'sweep')
  if (last === null || clock().getTime() - last.getTime() > 2 * MINUTE_MS) await sweep(app)
}
