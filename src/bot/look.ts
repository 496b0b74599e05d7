import { noticeOverdue } from '../deliveries/overdue.ts'
import { lastDone } from '../store/upkeep.ts'
import type { Desk } from './desk.ts'
import { forgetOld } from './forget.ts'
import { LOOK_MS } from './lease.ts'
import { rest } from './rest.ts'
import { tell } from './tell.ts'
import { troubleTeller } from './trouble.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Looks every few seconds for what needs somebody, and tells it; forgets what is old. Never throws. */
export async function lookAround(desk: Desk, signal: AbortSignal): Promise<void> {
  const { db, clock } = desk.program.store
  const trouble = troubleTeller(desk.program)
  let forgotAt = 0
  while (!signal.aborted) {
    try {
      await lookForOverdue(desk)
      await tell(desk, signal)
      if (clock().getTime() - forgotAt > HOUR_MS) {
        forgotAt = clock().getTime()
        await forgetOld(db, clock())
      }
    } catch (error) {
      if (!signal.aborted) trouble('bot tells nothing', error)
    }
    await rest(LOOK_MS, signal)
  }
}

/** What nobody else may see: that nobody publishes. */
async function lookForOverdue({ program }: Desk): Promise<void> {
  const { db, clock } = program.store
  const last = await lastDone(db, 'look for overdue')
  if (last === null || clock().getTime() - last.getTime() > MINUTE_MS) {
    await noticeOverdue(db, clock())
  }
}
