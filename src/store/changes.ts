import { type Transaction, sql } from 'kysely'
import { Problem } from '../locale/problem.ts'
import type { Ledger } from './schema.ts'
import type { Db, Store } from './store.ts'

/** Tells every process on this ledger that `id` (`a12`, `d34`) moved. In a transaction it is told when that commits. */
export async function tellChange(db: Db | Transaction<Ledger>, id: string): Promise<void> {
  await sql`select pg_notify(current_schema() || '_changes', ${id})`.execute(db)
}

/** How often `look` may fail altogether before its error is passed on. */
const PATIENCE = 30

/**
 * Waits until `look` answers something other than null; looks again at each change, whenever the connection
 * came back, and at the latest after `everyMs`, since a moment can be what is waited for. Null once aborted.
 */
export async function waitFor<T>(
  store: Store,
  look: () => Promise<T | null>,
  signal: AbortSignal,
  everyMs = 1000,
): Promise<T | null> {
  let failures = 0
  for (;;) {
    const moved = nextChange(store, signal, everyMs)
    const found = await look().catch((error: unknown) => {
      failures += 1
      // A database that restarts just now answers again soon; what fails on and on is a fault.
      if (error instanceof Problem || failures > PATIENCE) {
        moved.cancel()
        throw error
      }
      return null
    })
    if (found !== null || signal.aborted) {
      moved.cancel()
      return found
    }
    await moved.promise
  }
}

function nextChange(store: Store, signal: AbortSignal, everyMs: number) {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, everyMs)
  const go = () => resolve()
  store.session.on('change', go)
  store.session.on('back', go)
  signal.addEventListener('abort', go)
  const cancel = () => {
    clearTimeout(timer)
    store.session.off('change', go)
    store.session.off('back', go)
    signal.removeEventListener('abort', go)
    resolve()
  }
  return { promise: promise.finally(cancel), cancel }
}
