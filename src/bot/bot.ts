import type { App } from '../app.ts'
import { openDesks } from './desk.ts'
import { holdStream } from './stream.ts'

/** The bots, listening. */
export interface Bots {
  stop(): Promise<void>
}

/**
 * Listens to every bot among the accounts. A bot that is blocked, slow or absent touches nothing else: its streams
 * never throw.
 */
export async function startBots(app: App): Promise<Bots> {
  const desks = await openDesks(app)
  const stop = new AbortController()
  const signal = AbortSignal.any([app.stopping, stop.signal])
  const streams = Promise.all(desks.map((desk) => holdStream(desk, signal)))
  return {
    stop: async () => {
      stop.abort()
      await streams
    },
  }
}
