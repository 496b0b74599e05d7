import { EventEmitter } from 'node:events'
import { setTimeout as after } from 'node:timers/promises'
import pg from 'pg'

/**
 * Advisory locks that say who is there. The first number keeps them apart from other programs' locks; the
 * second is `PRESENT` for everybody on the server, or the ledger's channel for a `start` on that ledger.
 */
const CLASS = 0x63726965
const PRESENT = 1

interface SessionEvents {
  /** Something in the ledger moved: `a12`, `d34`. */
  change: [id: string]
  /** The connection was gone and is back: changes may have been missed. */
  back: []
  /** The connection is gone. The error names no secret. */
  lost: [error: Error]
}

/**
 * The one lasting connection of a process: it hears changes (LISTEN) and holds the advisory locks by which
 * processes know of each other. It comes back by itself; `address` is asked anew each time, which is also
 * how an embedded server that died is started again.
 */
export class Session extends EventEmitter<SessionEvents> {
  readonly #address: () => Promise<pg.ClientConfig>
  readonly #channel: string
  #client: pg.Client | null = null
  #starts = false
  #closed = false

  private constructor(address: () => Promise<pg.ClientConfig>, channel: string) {
    super()
    this.setMaxListeners(0)
    this.#address = address
    this.#channel = channel
  }

  static async open(address: () => Promise<pg.ClientConfig>, channel: string): Promise<Session> {
    const session = new Session(address, channel)
    await session.#connect()
    return session
  }

  /** Says that this process is a `start`, so that commands beside it need not do its work. */
  async announceStart(): Promise<void> {
    this.#starts = true
    await this.#client?.query('select pg_advisory_lock_shared($1, hashtext($2))', [
      CLASS,
      this.#channel,
    ])
  }

  /** Whether a `start` with workers runs on this store, this process included. */
  async startIsRunning(): Promise<boolean> {
    const found = await this.#client?.query(
      `select 1 from pg_locks where locktype = 'advisory' and granted and mode = 'ShareLock'
         and classid = $1 and objid::bigint = hashtext($2)::bigint & 4294967295
         and database = (select oid from pg_database where datname = current_database()) limit 1`,
      [CLASS, this.#channel],
    )
    return (found?.rowCount ?? 0) > 0
  }

  /** Leaves. Where nobody else is there any more, `ifLast` runs while newcomers still wait outside. */
  async close(ifLast: () => Promise<void>): Promise<void> {
    this.#closed = true
    const client = this.#client
    if (client === null) return
    try {
      await client.query('select pg_advisory_unlock_all()')
      const tried = await client.query('select pg_try_advisory_lock($1, $2) as alone', [
        CLASS,
        PRESENT,
      ])
      if (tried.rows[0]?.alone === true) await ifLast()
      await client.end()
    } catch {
      // The connection is gone already: whoever is left will be the last.
    }
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({ ...(await this.#address()), keepAlive: true })
    client.on('error', () => undefined)
    await client.connect()
    try {
      client.on('notification', (message) => this.emit('change', message.payload ?? ''))
      client.on('end', () => void this.#lose(client))
      await client.query('select pg_advisory_lock_shared($1, $2)', [CLASS, PRESENT])
      await client.query(`listen ${client.escapeIdentifier(this.#channel)}`)
      if (this.#closed) throw new Error('closed meanwhile')
      this.#client = client
      if (this.#starts) await this.announceStart()
    } catch (error) {
      await client.end().catch(() => undefined)
      throw error
    }
  }

  async #lose(client: pg.Client): Promise<void> {
    if (this.#closed || this.#client !== client) return
    this.#client = null
    this.emit('lost', new Error('the connection to the database ended'))
    for (let wait = 50; !this.#closed; wait = Math.min(wait * 2, 5000)) {
      try {
        await this.#connect()
        this.emit('back')
        return
      } catch {
        await after(wait) // still away: looked for again, a little later each time
      }
    }
  }
}
