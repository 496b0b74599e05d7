import type { Clock } from '../clock.ts'
import type { Db } from '../store/store.ts'

/** A holder that is killed is followed by another within this and one look (`LOOK_MS`): 27 s. */
const LEASE_MS = 20_000
export const LOOK_MS = 7000

/**
 * One process holds a bot's stream of updates: takes it, or keeps it. Answers until when; null where another one
 * has it.
 */
export async function take(
  db: Db,
  bot: string,
  holder: string,
  clock: Clock,
): Promise<number | null> {
  const now = clock()
  const until = now.getTime() + LEASE_MS
  const lease = { holder, lease_until: new Date(until) }
  const row = await db
    .insertInto('bots')
    .values({ token_hash: bot, ...lease })
    .onConflict((conflict) =>
      conflict
        .column('token_hash')
        .doUpdateSet(lease)
        .where((known) =>
          known.or([
            known('bots.holder', 'is', null),
            known('bots.holder', '=', holder),
            known('bots.lease_until', '<', now),
          ]),
        ),
    )
    .returning('holder')
    .executeTakeFirst()
  return row === undefined ? null : until
}

/** Lets go, so that another process need not wait. */
export async function release(db: Db, bot: string, holder: string): Promise<void> {
  await db
    .updateTable('bots')
    .set({ holder: null, lease_until: null })
    .where('token_hash', '=', bot)
    .where('holder', '=', holder)
    .execute()
}
