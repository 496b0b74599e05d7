import { randomUUID } from 'node:crypto'
import { keepUp } from './board.ts'
import type { Desk } from './desk.ts'
import { LOOK_MS, release, take } from './lease.ts'
import { listen } from './listen.ts'
import { lookAround } from './look.ts'
import { rest } from './rest.ts'

/** Holds a bot's stream of updates whenever nobody else does, until it is to stop. Never throws. */
export async function holdStream(desk: Desk, stopping: AbortSignal): Promise<void> {
  const { store, log } = desk.program
  const holder = randomUUID()
  while (!stopping.aborted) {
    const until = await take(store.db, desk.bot, holder, store.clock).catch(() => null)
    if (until === null) {
      await rest(LOOK_MS, stopping)
      continue
    }
    log.info('bot listens', { admins: desk.admins.length })
    await hold(desk, holder, until, stopping)
    if (!stopping.aborted) log.info('bot listens no more')
    await release(store.db, desk.bot, holder).catch(() => undefined)
  }
}

/**
 * All that the holder does, for as long as the lease is kept. Whoever lost it, or slept past its end, handles
 * nothing more.
 */
async function hold(
  desk: Desk,
  holder: string,
  firstUntil: number,
  stopping: AbortSignal,
): Promise<void> {
  const { db, clock } = desk.program.store
  const lost = new AbortController()
  const signal = AbortSignal.any([stopping, lost.signal])
  let until = firstUntil
  const isMine = () => {
    if (clock().getTime() >= until) lost.abort()
    return !signal.aborted
  }
  const work = Promise.all([
    listen(desk, signal, isMine),
    keepUp(desk, signal),
    lookAround(desk, signal),
  ])
  for (await rest(LOOK_MS, signal); isMine(); await rest(LOOK_MS, signal)) {
    // While the ledger is away nobody else can take the lease: it ends by the clock.
    const kept = await take(db, desk.bot, holder, clock).catch(() => until)
    if (kept === null) lost.abort()
    else until = kept
  }
  await work
}
