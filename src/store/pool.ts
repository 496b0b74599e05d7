import pg from 'pg'

/** How to reach a database, as the driver takes it. */
export type Address = pg.PoolConfig
/** Connections shared by a process. */
export type Pool = pg.Pool

/** What a pool is for. */
export interface PoolSettings {
  /** The schema its unqualified names are in. */
  schema: string
  /** Most connections at once. */
  max: number
  /** Commits need not reach the disk: only where no truth is held. */
  careless?: boolean
}

// bigint ids stay below 2^53; as numbers they are the same in SQL, JSON and code.
const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.INT8, Number)

/** A process that is frozen within a transaction must not hold its rows for ever. */
const STRICT = '-c idle_in_transaction_session_timeout=60s'

/** Opens a pool; a connection that drops while it is idle is replaced, and people are told by the session. */
export function openPool(address: Address, { schema, max, careless = false }: PoolSettings): Pool {
  const pool = new pg.Pool({
    ...address,
    options: `-c search_path=${schema} ${careless ? '-c synchronous_commit=off' : STRICT}`,
    ...(careless ? {} : { types }),
    max,
    idleTimeoutMillis: 5000,
  })
  pool.on('error', () => undefined)
  return pool
}
