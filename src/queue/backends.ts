import { createPostgresBackend, Queue as BullQueue, runMigrations, Worker } from 'bullmq'
import type { Processor } from 'bullmq'
import type { Redis } from 'ioredis'
import { Problem } from '../locale/problem.ts'
import { reasonOf } from '../reason.ts'
import { type Address, openPool, type Pool } from '../store/pool.ts'
import { within } from './within.ts'

const BULLMQ_SCHEMA = 'bullmq'
/**
 * A job of a process that died is taken up by another after this long at most, well within a lease: until then
 * its account's wakes are folded into it. A job run twice is harmless, the lease decides.
 */
const SOON_MISSED = { lockDuration: 20_000, stalledInterval: 15_000 }

/** What we need of a BullMQ queue, whichever backend it runs on. */
export type Producer = Pick<BullQueue, 'add' | 'upsertJobScheduler' | 'close'> & {
  on(event: 'error', listener: (error: Error) => void): unknown
}
/** What we need of a BullMQ worker. */
export type Consumer = Pick<Worker, 'close'> & {
  on(event: 'error', listener: (error: Error) => void): unknown
  waitUntilReady(): Promise<unknown>
}

/** Makes queues and workers on one backend; connections are shared by all of a process. */
export interface Backend {
  kind: 'postgres' | 'redis'
  queue(name: string): Producer
  worker(name: string, run: Processor, concurrency: number): Consumer
  end(): Promise<void>
}

/** One pool for all queues of a process: each worker's LISTEN takes a connection out of it. */
export async function onPostgres(address: Address): Promise<Backend> {
  const pool = openPool(address, { schema: BULLMQ_SCHEMA, max: 20, careless: true })
  pool.setMaxListeners(0)
  const client = await pool.connect()
  try {
    await runMigrations(client, BULLMQ_SCHEMA)
  } finally {
    client.release()
  }
  return {
    kind: 'postgres',
    queue: (name) => new BullQueue(name, { connection: forBullmq(pool) }, createPostgresBackend),
    worker: (name, run, concurrency) =>
      new Worker(
        name,
        run,
        { connection: forBullmq(pool), concurrency, ...SOON_MISSED },
        createPostgresBackend,
      ),
    end: () => pool.end(),
  }
}

/** Producers fail at once while Redis is away, workers wait for it: two connections. */
export async function onRedis(url: string): Promise<Backend> {
  const { Redis: Client } = await import('ioredis')
  const producer = new Client(url, {
    enableOfflineQueue: false,
    lazyConnect: true,
    maxRetriesPerRequest: 1,
  })
  let lastError: unknown = null // the call itself only says that the connection is closed
  producer.on('error', (error) => (lastError = error))
  await within(10_000, producer.connect()).catch((error: unknown) => {
    producer.disconnect()
    throw new Problem('queue-unreachable', { reason: reasonOf(lastError ?? error) })
  })
  const consumer = new Client(url, { maxRetriesPerRequest: null })
  consumer.on('error', () => undefined)
  const end = async (client: Redis) => client.disconnect()
  return {
    kind: 'redis',
    queue: (name) => new BullQueue(name, { connection: producer, skipVersionCheck: true }),
    worker: (name, run, concurrency) =>
      new Worker(name, run, { connection: consumer, concurrency, ...SOON_MISSED }),
    end: async () => {
      await Promise.all([end(producer), end(consumer)])
    },
  }
}

type BullmqPool = Parameters<typeof createPostgresBackend>[1]['connection']
/** BullMQ takes a real pool, but its types and those of `pg` disagree about the arguments of one listener. */
function forBullmq(pool: Pool): BullmqPool
function forBullmq(pool: unknown): unknown {
  return pool
}
