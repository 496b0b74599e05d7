import { randomUUID } from 'node:crypto'
import { setTimeout as after } from 'node:timers/promises'
import { noticeOverdue } from '../deliveries/overdue.ts'
import { wordsOf } from '../locale/words.ts'
import { PlatformError } from '../platforms/error.ts'
import { reasonOf } from '../reason.ts'
import { lastDone } from '../store/upkeep.ts'
import type { Desk } from './desk.ts'
import { forgetHandled, noteHandled, wasHandled } from './handled.ts'
import { hear } from './hear.ts'
import { LEASE_MS, LOOK_MS, release, take } from './lease.ts'
import { refresh } from './refresh.ts'
import { tell } from './tell.ts'

/** What moves in a burst is shown once. */
const FOLD_MS = 3000
const LONGEST_WAIT_MS = 60_000
const MINUTE_MS = 60_000

/** Holds a bot's stream of updates whenever nobody else does, until it is to stop. Never throws. */
export async function holdStream(desk: Desk, stopping: AbortSignal): Promise<void> {
  const { store } = desk.program
  const holder = randomUUID()
  while (!stopping.aborted) {
    const held = await take(store.db, desk.bot, holder, store.clock).catch(() => false)
    if (held) await hold(desk, holder, stopping)
    else await rest(LOOK_MS, stopping)
  }
}

async function hold(desk: Desk, holder: string, stopping: AbortSignal): Promise<void> {
  const { store, log } = desk.program
  const { db, clock, session } = store
  const lost = new AbortController()
  const signal = AbortSignal.any([stopping, lost.signal])
  let until = clock().getTime() + LEASE_MS
  const beat = setInterval(() => {
    take(db, desk.bot, holder, clock)
      .then((held) => {
        if (held) until = clock().getTime() + LEASE_MS
        else lost.abort()
        return held ? look(desk) : undefined
      })
      .catch((error: unknown) => log.warn('bot put off', { reason: reasonOf(error) }))
  }, LOOK_MS)
  const moved = watch(desk, signal)
  session.on('change', moved)
  log.info('bot listens', { admins: desk.admins.length })
  try {
    await listen(desk, signal, () => clock().getTime() < until)
  } finally {
    clearInterval(beat)
    session.off('change', moved)
    await release(db, desk.bot, holder).catch(() => undefined)
  }
}

/** What nobody else may see: that nobody publishes. Then what needs somebody is told. */
async function look(desk: Desk): Promise<void> {
  const { db, clock } = desk.program.store
  const last = await lastDone(db, 'look for overdue')
  if (last === null || clock().getTime() - last.getTime() > MINUTE_MS) {
    await noticeOverdue(db, clock())
  }
  await tell(desk)
}

/** Takes up what the ledger tells, and shows it a little later, all at once. */
function watch(desk: Desk, signal: AbortSignal): (id: string) => void {
  let moved = new Set<string>()
  return (id) => {
    moved.add(id)
    if (moved.size > 1) return
    void rest(FOLD_MS, signal)
      .then(async () => {
        const now = moved
        moved = new Set()
        if (!signal.aborted) await refresh(desk, now)
      })
      .catch((error: unknown) => {
        desk.program.log.warn('bot could not bring a message up to date', {
          reason: reasonOf(error),
        })
      })
  }
}

/** Polls and handles, one update after the other. One that was handled is confirmed by the next poll. */
async function listen(desk: Desk, signal: AbortSignal, mayHandle: () => boolean): Promise<void> {
  const { program, bot, line } = desk
  const { db, clock } = program.store
  let offset = 0
  let failures = 0
  let said = ''
  let offered = false
  while (!signal.aborted && mayHandle()) {
    try {
      offered = offered || (await offerCommands(desk))
      const updates = await line.updates(offset, signal)
      failures = 0
      said = ''
      for (const update of updates) {
        if (signal.aborted || !mayHandle()) return
        if (!(await wasHandled(db, bot, update.update_id))) await hear(desk, update)
        await noteHandled(db, bot, update.update_id, clock())
        offset = update.update_id + 1
      }
      if (updates.length > 0) await forgetHandled(db, clock())
    } catch (error) {
      if (signal.aborted) return
      failures += 1
      const reason = error instanceof PlatformError ? error.reason : reasonOf(error)
      if (reason !== said) program.log.warn('bot hears nothing', { reason })
      said = reason
      await rest(Math.min(LONGEST_WAIT_MS, 1000 * 2 ** failures), signal)
    }
  }
}

/** Telegram offers the commands to whoever writes, in their language. */
async function offerCommands({ line }: Desk): Promise<true> {
  const listOf = (locale: 'fr' | 'en') =>
    Object.entries(wordsOf(locale).bot.commands).map(([command, description]) => ({
      command,
      description,
    }))
  await line.offer(listOf('en'), '')
  await line.offer(listOf('fr'), 'fr')
  return true
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await after(ms, undefined, { signal }).catch(() => undefined)
}
