import type { App } from '../app.ts'
import { allSettled } from '../deliveries/settled.ts'
import { deliveries } from '../deliveries/view.ts'
import { waitFor } from '../store/changes.ts'
import { tellState } from './tell.ts'
import type { Rooms } from './terminal.ts'

/**
 * Waits until every delivery of an article has settled, telling each change as it comes. Where no `start`
 * runs, or the one that ran stops meanwhile, this process does the sending itself.
 */
export async function waitUntilSettled(
  app: App,
  article: number,
  rooms: Rooms,
  say: (line: string) => void,
): Promise<void> {
  const { db, session, clock } = app.store
  const told = new Map<string, string>()
  let working = false
  await waitFor(
    app.store,
    async () => {
      if (!working && !(await session.startIsRunning())) {
        working = true
        await (
          await rooms.workers()
        )(app)
      }
      for (const delivery of await deliveries(db, { article })) {
        const line = tellState(delivery, app.words, app.config)
        if (told.get(delivery.id) !== line) say(line)
        told.set(delivery.id, line)
      }
      return (await allSettled(db, article, clock())) ? true : null
    },
    app.stopping,
  )
}
