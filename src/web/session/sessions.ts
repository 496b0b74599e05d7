import { createHash, randomBytes } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import type { Db } from '../../store/store.ts'

/** A session that nobody used for so long ends. */
const IDLE_MS = 30 * 24 * 3_600_000
/** Noted at most so often, so that reading pages writes little. */
const NOTED_MS = 3_600_000

/** Somebody who is logged in. */
export interface Session {
  /** What every form of theirs must carry. */
  csrf: string
}

/** Opens a session; answers the word that the browser keeps. Only its hash is in the ledger. */
export async function openSession(db: Db, passwordHash: string, clock: Clock): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  const now = clock()
  await db
    .deleteFrom('web_sessions')
    .where('seen_at', '<', new Date(now.getTime() - IDLE_MS))
    .execute()
  await db
    .insertInto('web_sessions')
    .values({
      token_hash: hashOf(token),
      csrf: randomBytes(24).toString('base64url'),
      started_at: now,
      seen_at: now,
      password_hash: passwordHash,
    })
    .execute()
  return token
}

/** Whose session it is; null where there is none, it is over, or the password is another one by now. */
export async function findSession(
  db: Db,
  token: string | undefined,
  passwordHash: string | null,
  clock: Clock,
): Promise<Session | null> {
  if (token === undefined || token === '' || passwordHash === null) return null
  const now = clock()
  const row = await db
    .selectFrom('web_sessions')
    .selectAll()
    .where('token_hash', '=', hashOf(token))
    .where('password_hash', '=', passwordHash)
    .where('seen_at', '>', new Date(now.getTime() - IDLE_MS))
    .executeTakeFirst()
  if (row === undefined) return null
  if (now.getTime() - row.seen_at.getTime() > NOTED_MS) {
    await db
      .updateTable('web_sessions')
      .set({ seen_at: now })
      .where('token_hash', '=', row.token_hash)
      .execute()
  }
  return { csrf: row.csrf }
}

/** Ends a session. */
export async function endSession(db: Db, token: string): Promise<void> {
  await db.deleteFrom('web_sessions').where('token_hash', '=', hashOf(token)).execute()
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
