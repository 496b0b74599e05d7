import type { App } from '../app.ts'
import { openDesks } from './desk.ts'
import { holdStream } from './stream.ts'

/** What is being said when we are to stop may still be said so long. */
const GRACE_MS = 3000

/** The bots, listening. */
export interface Bots {
  stop(): Promise<void>
}

/**
 * Listens to every bot among the accounts. A bot that is blocked, slow or absent touches nothing else: its streams
 * never throw.
 */
export async function startBots(app: App): Promise<Bots> {
  const stop = new AbortController()
  const cut = new AbortController()
  const desks = await openDesks(app, cut.signal)
  const signal = AbortSignal.any([app.stopping, stop.signal])
  const streams = Promise.all(desks.map((desk) => holdStream(desk, signal)))
  return {
    stop: async () => {
      stop.abort()
      const late = setTimeout(() => cut.abort(), GRACE_MS)
      await streams
      clearTimeout(late)
    },
  }
}
