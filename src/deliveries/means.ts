import type { Connections } from '../accounts/connections.ts'
import type { Clock } from '../clock.ts'
import type { Templates } from '../config/templates.ts'
import type { Log } from '../log.ts'
import type { GuardedFetch } from '../net/fetch.ts'
import type { Db } from '../store/store.ts'
import type { Pages } from './pages.ts'

/** What it takes to publish: the ledger, the way to the platforms, the templates, time and chance. */
export interface Means {
  db: Db
  clock: Clock
  random: () => number
  /** A lease's token: a UUID nobody else has. */
  newToken: () => string
  log: Log
  connections: Connections
  templates: Templates
  /** For the card's picture. */
  fetch: GuardedFetch
  pages: Pages
  /** Aborted once the program is to stop: no new work is taken, uploads are broken off. */
  stopping: AbortSignal
}
