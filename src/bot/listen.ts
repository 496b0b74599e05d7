import { wordsOf } from '../locale/words.ts'
import type { Desk } from './desk.ts'
import { noteHandled, wasHandled } from './handled.ts'
import { hear, sorry } from './hear.ts'
import { rest } from './rest.ts'
import { troubleTeller } from './trouble.ts'
import type { Update } from './update.ts'

const LONGEST_WAIT_MS = 60_000
/** What trips us up this often is passed over: it would hold up everything after it. */
const TRIES = 2

/**
 * Polls and handles, one update after the other, for as long as the stream is ours. What was handled is confirmed
 * by the next poll. Never throws.
 */
export async function listen(
  desk: Desk,
  signal: AbortSignal,
  isMine: () => boolean,
): Promise<void> {
  const trouble = troubleTeller(desk.program)
  const offer = () => offerCommands(desk, (error) => trouble('bot offers no commands', error))
  let offered = offer()
  const handle = handlerOf(desk, signal)
  let offset = 0
  let failures = 0
  while (isMine()) {
    try {
      const updates = await desk.line.updates(offset, signal)
      for (const update of updates) {
        if (!isMine()) return
        if (!(await handle(update))) return
        offset = update.update_id + 1
      }
      if (failures > 0 && !(await offered)) offered = offer()
      failures = 0
    } catch (error) {
      if (signal.aborted) return
      failures += 1
      trouble('bot hears nothing', error)
      await rest(Math.min(LONGEST_WAIT_MS, 1000 * 2 ** failures), signal)
    }
  }
  await offered
}

/**
 * Handles an update once, also where it comes again; throws where it is to be tried again. False where we were
 * interrupted: it is not handled then, and comes again.
 */
export function handlerOf(desk: Desk, signal: AbortSignal): (update: Update) => Promise<boolean> {
  const { program, bot } = desk
  const { db, clock } = program.store
  const tried = { id: 0, times: 0 }
  return async (update) => {
    const id = update.update_id
    if (await wasHandled(db, bot, id)) return true
    tried.times = tried.id === id ? tried.times + 1 : 1
    tried.id = id
    try {
      await hear(desk, update)
    } catch (error) {
      if (signal.aborted) return false
      if (tried.times < TRIES) throw error
      await sorry(desk, update, error)
    }
    await noteHandled(db, bot, id, clock())
    return true
  }
}

/** Telegram offers the commands to whoever writes, in their language. False where it could not be asked to. */
async function offerCommands({ line }: Desk, onError: (error: unknown) => void): Promise<boolean> {
  try {
    for (const [locale, language] of [['en', ''] as const, ['fr', 'fr'] as const]) {
      const offered = Object.entries(wordsOf(locale).bot.commands)
      await line.offer(
        offered.map(([command, description]) => ({ command, description })),
        language,
      )
    }
    return true
  } catch (error) {
    onError(error)
    return false
  }
}
