import { Kysely, PostgresDialect, sql } from 'kysely'
import { type Clock, clockFrom } from '../clock.ts'
import { Problem } from '../locale/problem.ts'
import { reasonOf } from '../reason.ts'
import { migrate } from './migrate.ts'
import { type Address, openPool } from './pool.ts'
import type { Ledger } from './schema.ts'
import { Session } from './session.ts'

export type Db = Kysely<Ledger>

/** Where the ledger lives. Absent `databaseUrl`: an embedded server in `dataDir`. */
export interface StoreSettings {
  databaseUrl: string | null
  dataDir: string
  /** Keeps ledgers apart in one database: the real one, the sandbox's, each test's. */
  schema: string
}

/** The open ledger of one process. */
export interface Store {
  db: Db
  session: Session
  clock: Clock
  schema: string
  /** Reads the store's clock again. */
  setClock(): Promise<void>
  /** What `pg` needs to reach the same database. */
  address: Address
  close(): Promise<void>
}

/** Opens (and where needed starts and migrates) the ledger. Throws `Problem` where the database cannot be had. */
export async function openStore(settings: StoreSettings): Promise<Store> {
  const embedded = settings.databaseUrl === null ? await import('./embedded.ts') : null
  const find = async (): Promise<Address> =>
    embedded === null
      ? { connectionString: settings.databaseUrl ?? '', connectionTimeoutMillis: 10_000 }
      : { ...(await embedded.startOrJoin(settings.dataDir)), connectionTimeoutMillis: 10_000 }
  const channel = `${settings.schema}_changes`
  const session = await openSession(find, channel, settings.databaseUrl)
  const address = await find()
  const pool = openPool(address, { schema: settings.schema, max: 12 })
  const db = new Kysely<Ledger>({ dialect: new PostgresDialect({ pool }) })
  const close = async () => {
    await db.destroy()
    await session.close(async () => {
      await embedded?.stop(settings.dataDir)
    })
  }
  let clock: Clock
  try {
    await migrate(db, settings.schema)
    clock = clockFrom(await databaseTime(db))
  } catch (error) {
    await close()
    throw error
  }
  return {
    db,
    session,
    address,
    schema: settings.schema,
    clock: () => clock(),
    setClock: async () => {
      clock = clockFrom(await databaseTime(db))
    },
    close,
  }
}

/** Joining a server that its last user is just stopping fails once or twice: then it is started anew. */
async function openSession(
  find: () => Promise<Address>,
  channel: string,
  databaseUrl: string | null,
): Promise<Session> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await Session.open(find, channel)
    } catch (error) {
      if (error instanceof Problem) throw error
      if (databaseUrl === null && tries < 5) continue
      throw new Problem('store-unreachable', { reason: reasonOf(error) })
    }
  }
}

async function databaseTime(db: Db): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error('the database told no time')
  return row.now
}
