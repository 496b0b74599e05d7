import type { Processor } from 'bullmq'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { reasonOf, stackOf } from '../reason.ts'
import type { Address } from '../store/pool.ts'
import { type Consumer, onPostgres, onRedis, type Producer } from './backends.ts'
import { type Job, jobs, type JobName, type Payload, type QueueName, queueNames } from './jobs.ts'
import { within } from './within.ts'

/** Where the jobs live: Redis where `redisUrl` says so, else the ledger's own Postgres. */
export interface QueueSettings {
  redisUrl: string | null
  postgres: Address
  /** Keeps queues apart on one server: the real ones, the sandbox's, each test's. */
  namespace: string
}

export type Handlers = { [N in JobName]: (payload: Payload<N>) => Promise<void> }

/** The queue of one process. The only place that knows which backend runs. */
export interface Queue {
  readonly backend: 'postgres' | 'redis'
  /** Says «try this», now or at a moment. Never fails: what is due is in the ledger, and the sweep finds it. */
  wake(job: Job, at?: Date): Promise<void>
  /** Puts a recurring job in its place; nothing changes where it stands already. */
  repeat(queue: QueueName, name: JobName, everyMs: number): Promise<void>
  /** Starts taking jobs. `concurrency` is how many of each queue at once. */
  work(handlers: Handlers, concurrency: Record<QueueName, number>): Promise<void>
  /** Takes no new job and waits until those at work are done, at most `graceMs`. */
  close(graceMs: number): Promise<void>
}

/** Longest wait for a producer call or a close while the backend is away. */
const PATIENCE_MS = 5000

/** Opens the queues. Throws `Problem` where Redis cannot be reached. */
export async function openQueue(settings: QueueSettings, clock: Clock, log: Log): Promise<Queue> {
  const backend =
    settings.redisUrl === null
      ? await onPostgres(settings.postgres)
      : await onRedis(settings.redisUrl)
  const quietly = throttled(log)
  const names = (queue: QueueName) => `${settings.namespace}-${queue}`
  const queues = new Map<QueueName, Producer>()
  const workers: Consumer[] = []
  const queueOf = (name: QueueName): Producer => {
    const open = queues.get(name) ?? backend.queue(names(name))
    if (!queues.has(name)) open.on('error', quietly)
    queues.set(name, open)
    return open
  }
  return {
    backend: backend.kind,
    wake: async (job, at) => {
      const delay = at === undefined ? 0 : Math.max(0, at.getTime() - clock().getTime())
      const fold = delay === 0 ? job.fold : `${job.fold}@${Math.ceil((at?.getTime() ?? 0) / 1000)}`
      const adding = queueOf(job.queue).add(job.name, job.payload, {
        delay,
        deduplication: { id: fold, keepLastIfActive: true },
        removeOnComplete: true,
        removeOnFail: true,
      })
      await within(PATIENCE_MS, adding).catch(quietly)
    },
    repeat: async (queue, name, everyMs) => {
      const placing = queueOf(queue).upsertJobScheduler(
        name,
        { every: everyMs },
        {
          name,
          data: {},
          opts: { removeOnComplete: true, removeOnFail: true },
        },
      )
      await within(PATIENCE_MS, placing).catch(quietly)
    },
    work: async (handlers, concurrency) => {
      for (const queue of queueNames) {
        const worker = backend.worker(names(queue), runner(handlers, log), concurrency[queue])
        worker.on('error', quietly)
        workers.push(worker)
      }
      await Promise.all(workers.map((worker) => worker.waitUntilReady()))
    },
    close: async (graceMs) => {
      quietly.end()
      await Promise.all(workers.map((worker) => within(graceMs, worker.close()).catch(quietly)))
      await Promise.all(
        [...queues.values()].map((open) => within(PATIENCE_MS, open.close()).catch(quietly)),
      )
      await within(PATIENCE_MS, backend.end()).catch(quietly)
    },
  }
}

/** A job's payload is parsed like anything from outside; what it throws is logged, never retried by BullMQ. */
function runner(handlers: Handlers, log: Log): Processor {
  return async (job) => {
    const name = job.name
    try {
      if (!isJobName(name)) throw new Error(`no such job: ${name}`)
      await dispatch(handlers, name, job.data)
    } catch (error) {
      log.error('job failed', {
        job: name,
        error: stackOf(error),
      })
    }
  }
}

function isJobName(name: string): name is JobName {
  return Object.hasOwn(jobs, name)
}

async function dispatch(handlers: Handlers, name: JobName, data: unknown): Promise<void> {
  switch (name) {
    case 'read':
      return handlers.read(jobs.read.parse(data))
    case 'announce':
      return handlers.announce(jobs.announce.parse(data))
    case 'publish':
      return handlers.publish(jobs.publish.parse(data))
    case 'count':
      return handlers.count(jobs.count.parse(data))
    case 'poll':
      return handlers.poll(jobs.poll.parse(data))
    case 'sweep':
      return handlers.sweep(jobs.sweep.parse(data))
  }
}

/** BullMQ repeats an error many times a second while its backend is away: one line in ten seconds is enough. */
function throttled(log: Log): ((error: unknown) => void) & { end(): void } {
  let quietUntil = 0
  const tell = (error: unknown) => {
    if (performance.now() < quietUntil) return
    quietUntil = performance.now() + 10_000
    log.warn('queue away, work goes on by the ledger', { reason: reasonOf(error) })
  }
  // What a backend says while it is left is no news.
  return Object.assign(tell, { end: () => (quietUntil = Infinity) })
}
