import type { App } from '../src/app.ts'
import { lastDone } from '../src/store/upkeep.ts'
import { announce } from './announce.ts'
import { poll } from './poll.ts'
import { publish } from './publish.ts'
import { read } from './read.ts'
import { sweep } from './sweep.ts'

const MINUTE_MS = 60_000

/** Workers at work: what only a `start` does beside the jobs themselves is keeping the house. */
export interface Workers {
  stop(): void
}

/**
 * Binds every job to its queue and starts taking them. `keepHouse`: also polls and sweeps, and puts the
 * schedulers back each minute, since they die with a wiped queue.
 */
export async function startWorkers(app: App, keepHouse: boolean): Promise<Workers> {
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
      poll: () => poll(app),
      sweep: () => sweep(app),
    },
    {
      articles: 4,
      telegram: places('telegram'),
      bluesky: places('bluesky'),
      mastodon: places('mastodon'),
      upkeep: 2,
    },
  )
  await sweep(app)
  if (!keepHouse) return { stop: () => undefined }
  const tend = () => {
    keepHouseOnce(app).catch((error: unknown) => {
      app.log.warn('upkeep put off', {
        reason: error instanceof Error ? error.message : String(error),
      })
    })
  }
  tend()
  const timer = setInterval(tend, MINUTE_MS)
  return { stop: () => clearInterval(timer) }
}

async function keepHouseOnce(app: App): Promise<void> {
  const queue = await app.queue()
  await queue.repeat('upkeep', 'sweep', MINUTE_MS)
  await queue.repeat('upkeep', 'poll', Math.min(app.config.feedIntervalMs, MINUTE_MS))
  const { db, clock } = app.store
  const last = await lastDone(db, 'sweep')
  if (last === null || clock().getTime() - last.getTime() > 2 * MINUTE_MS) await sweep(app)
}
