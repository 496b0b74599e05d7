import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLog } from '../../src/log.ts'
import { announceJob, publishJob } from '../../src/queue/jobs.ts'
import { type Handlers, openQueue, type Queue } from '../../src/queue/queue.ts'
import { redisIsHere, temporaryRedis } from '../support/redis.ts'
import { temporaryStore } from '../support/store.ts'

const log = createLog('error', [], (line) => process.stderr.write(`${line}\n`))
const places = {
  articles: 2,
  telegram: 2,
  bluesky: 2,
  mastodon: 2,
  engagement: 1,
  upkeep: 1,
}
const deaf: Handlers = {
  read: async () => undefined,
  announce: async () => undefined,
  publish: async () => undefined,
  poll: async () => undefined,
  count: async () => undefined,
  sweep: async () => undefined,
}

/** A promise of one event, to wait on without sleeping. */
function signal<T>() {
  return Promise.withResolvers<T>()
}

/** Without a Redis on this machine the embedded store alone is covered, and the run says so; on CI that is a failure. */
const backends = redisIsHere ? (['postgres', 'redis'] as const) : (['postgres'] as const)

test('every backend is covered on CI', () => {
  expect(backends.length === 2 || process.env['CI'] === undefined).toBe(true)
})

describe.each(backends)('the queue on %s', (backend) => {
  let home: Awaited<ReturnType<typeof temporaryStore>>
  let redis: Awaited<ReturnType<typeof temporaryRedis>> | null = null
  let number = 0

  beforeAll(async () => {
    home = await temporaryStore()
    if (backend === 'redis') redis = await temporaryRedis()
  })
  afterAll(async () => {
    await home[Symbol.asyncDispose]()
    await redis?.[Symbol.asyncDispose]()
  })

  /** One process of a test, on queues that no other test sees. */
  async function open(namespace: string): Promise<Queue & AsyncDisposable> {
    const { address, clock } = home.store
    const redisUrl = backend === 'redis' ? (redis?.url ?? null) : null
    const queue = await openQueue({ redisUrl, postgres: address, namespace }, clock, log)
    return { ...queue, [Symbol.asyncDispose]: () => queue.close(1000) }
  }
  const fresh = () => `test${(number += 1)}`

  test('runs on the backend it was asked for', async () => {
    await using queue = await open(fresh())
    expect(queue.backend).toBe(backend)
  })

  test('a wake reaches the worker with the row it names', async () => {
    await using queue = await open(fresh())
    const ran = signal<unknown>()
    await queue.work({ ...deaf, publish: async (payload) => ran.resolve(payload) }, places)
    await queue.wake(publishJob('telegram', 7))
    expect(await ran.promise).toEqual({ account: 7 })
  })

  test('a wake from another process does too', async () => {
    const namespace = fresh()
    await using worker = await open(namespace)
    await using command = await open(namespace)
    const ran = signal<unknown>()
    await worker.work({ ...deaf, announce: async (payload) => ran.resolve(payload) }, places)
    await command.wake(announceJob(12))
    expect(await ran.promise).toEqual({ article: 12 })
  })

  test('wakes for an account at work run once more, not once each', async () => {
    await using queue = await open(fresh())
    const begun = signal<void>()
    const goOn = signal<void>()
    const again = signal<void>()
    const last = signal<void>()
    const runs: number[] = []
    const publish = async ({ account }: { account: number }) => {
      runs.push(account)
      if (account === 99) return last.resolve()
      if (runs.length > 1) return again.resolve()
      begun.resolve()
      await goOn.promise
    }
    await queue.work({ ...deaf, publish }, { ...places, telegram: 1 })
    await queue.wake(publishJob('telegram', 7))
    await begun.promise
    for (let wake = 0; wake < 5; wake += 1) await queue.wake(publishJob('telegram', 7))
    goOn.resolve()
    await again.promise
    await queue.wake(publishJob('telegram', 99))
    await last.promise
    expect(runs.filter((account) => account === 7).length).toBe(2)
  })

  test('a later wake does not swallow an earlier one', async () => {
    await using queue = await open(fresh())
    const ran = signal<string>()
    await queue.work({ ...deaf, publish: async () => ran.resolve('now') }, places)
    const tomorrow = new Date(home.store.clock().getTime() + 86_400_000)
    await queue.wake(publishJob('telegram', 7), tomorrow)
    await queue.wake(publishJob('telegram', 7))
    expect(await ran.promise).toBe('now')
  })

  test('a job that throws is over, and the next one runs', async () => {
    const quiet = createLog('error', [], () => undefined)
    const { address, clock } = home.store
    const redisUrl = backend === 'redis' ? (redis?.url ?? null) : null
    const queue = await openQueue({ redisUrl, postgres: address, namespace: fresh() }, clock, quiet)
    const ran = signal<number>()
    const publish = async ({ account }: { account: number }) => {
      if (account === 1) throw new Error('a bug')
      ran.resolve(account)
    }
    await queue.work({ ...deaf, publish }, { ...places, telegram: 1 })
    await queue.wake(publishJob('telegram', 1))
    await queue.wake(publishJob('telegram', 2))
    expect(await ran.promise).toBe(2)
    await queue.close(1000)
  })

  test('closing waits for the job at work', async () => {
    const queue = await open(fresh())
    const begun = signal<void>()
    const goOn = signal<void>()
    let done = false
    const publish = async () => {
      begun.resolve()
      await goOn.promise
      done = true
    }
    await queue.work({ ...deaf, publish }, places)
    await queue.wake(publishJob('telegram', 7))
    await begun.promise
    const closing = queue.close(10_000)
    goOn.resolve()
    await closing
    expect(done).toBe(true)
  })
})

test('a Redis that is not there is one sentence', async () => {
  await using home = await temporaryStore()
  const { address, clock } = home.store
  const opening = openQueue(
    { redisUrl: 'redis://127.0.0.1:1', postgres: address, namespace: 'x' },
    clock,
    log,
  )
  await expect(opening).rejects.toMatchObject({ kind: 'queue-unreachable' })
})
