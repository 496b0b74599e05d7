import { createHash, randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Clock } from '../../clock.ts'
import type { Db } from '../../store/store.ts'

const derive = promisify<string, Buffer, number, Buffer>(scrypt)
const BYTES = 32
/** Without what is easily mistaken for something else. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUPS = 4
const GROUP = 4

/** What the pages' password is: the setting, else the one that was made at the first start. */
export interface Passwords {
  /** Whether somebody may come in, and what their session is bound to; null where the password is wrong. */
  check(password: string): Promise<string | null>
  /** What sessions must be bound to now: with another password they end. */
  current(): Promise<string | null>
}

export function openPasswords(db: Db, configured: string | null): Passwords {
  const kept = async () => {
    const row = await db.selectFrom('web_password').select('hash').executeTakeFirst()
    return row?.hash ?? null
  }
  if (configured !== null) {
    const own = digest(configured)
    // Slow on purpose: it stands in the ledger beside each session.
    const bound = derive(configured, Buffer.from('crieur session'), BYTES).then(
      (key) => `setting:${key.toString('base64url')}`,
    )
    return {
      check: (password) => (timingSafeEqual(digest(password), own) ? bound : Promise.resolve(null)),
      current: () => bound,
    }
  }
  return {
    check: async (password) => {
      const hash = await kept()
      return hash !== null && (await fits(password, hash)) ? hash : null
    },
    current: kept,
  }
}

/** Makes the first password where there is none, keeps it hashed, and answers it that one time; else null. */
export async function makeFirstPassword(db: Db, clock: Clock): Promise<string | null> {
  const groups = Array.from({ length: GROUPS }, () =>
    Array.from({ length: GROUP }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
  )
  const password = groups.join('-')
  const salt = randomBytes(16)
  const hash = `scrypt$${salt.toString('base64url')}$${(await derive(password, salt, BYTES)).toString('base64url')}`
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('web_password')
    .values({ hash, at: clock() })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n ? password : null
}

async function fits(password: string, hash: string): Promise<boolean> {
  const [, salt = '', wanted = ''] = hash.split('$')
  const found = await derive(password, Buffer.from(salt, 'base64url'), BYTES)
  return timingSafeEqual(found, Buffer.from(wanted, 'base64url'))
}

/** Of one length, so that comparing tells nothing about how long the password is. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
