import { sql } from 'kysely'
import type { Fault } from '../../src/sandbox/stand-in.ts'
import { waitFor } from '../../src/store/changes.ts'
import type { Db, Store } from '../../src/store/store.ts'
import type { PlatformId } from '../../src/platforms/platform.ts'
import type { Platforms } from '../support/accounts.ts'
import type { Operation } from './operations.ts'

/** Longer than a run lasts: the platform never gets as far by itself. */
const NEVER_MS = 300_000
/** The answer stays away until the database is held. */
const HELD_BACK_MS = 2_500
const SOON_MS = 60_000

/** Where in an operation the program dies. */
export interface Point {
  name: string
  /** Mishaps that make the platforms wait there. */
  faults(operation: Operation, platform: PlatformId): Fault[]
  /** Tables that are held from the start on, so that the program waits before it writes there. */
  held: readonly string[]
  /** Resolves once every account has come as far, and the program may be killed. */
  reached(scene: Scene): Promise<void>
}

/** What is known of a run while it goes on. */
export interface Scene {
  store: Store
  platforms: Platforms
  operation: Operation
  /** Those on which the operation takes place. */
  on: readonly PlatformId[]
  /** Holds tables against writing until `release`. */
  hold(tables: readonly string[]): Promise<void>
}

const call = (operation: Operation, platform: PlatformId) => operation.calls[platform]

/** The matrix takes every one of them with every operation. */
export const points: readonly Point[] = [
  {
    name: 'before the call',
    faults: () => [],
    held: ['attempts'],
    reached: ({ store, on }) => untilWaiting(store, on.length),
  },
  {
    name: 'during the call',
    faults: (operation, platform) => [
      ...operation.before(platform),
      { kind: 'delay', ...call(operation, platform), ms: NEVER_MS },
    ],
    held: [],
    reached: (scene) => untilArrived(scene),
  },
  {
    name: 'carried out, not answered',
    faults: (operation, platform) => [
      ...operation.before(platform),
      { kind: 'delay', ...call(operation, platform), ms: NEVER_MS, carriedOut: true },
    ],
    held: [],
    reached: (scene) => untilCarriedOut(scene),
  },
  {
    name: 'answered, not stored',
    faults: (operation, platform) => [
      ...operation.before(platform),
      { kind: 'delay', ...call(operation, platform), ms: HELD_BACK_MS, carriedOut: true },
    ],
    held: [],
    reached: async (scene) => {
      await untilCarriedOut(scene)
      await scene.hold(['parts', 'pictures', 'attempts'])
      await untilWaiting(scene.store, scene.on.length)
    },
  },
  {
    name: 'stored',
    faults: () => [],
    held: [],
    reached: (scene) => untilStored(scene),
  },
  {
    name: 'during what follows',
    faults: () => [],
    held: [],
    reached: async (scene) => {
      await untilStored(scene)
      await scene.hold(['accounts', 'articles'])
    },
  },
]

/** So many connections wait for what is held. */
async function untilWaiting({ db }: Store, many: number): Promise<void> {
  await until(async () => (await waiting(db)) >= many)
}

async function waiting(db: Db): Promise<number> {
  const { rows } = await sql<{ many: number }>`
    select count(*)::int as many from pg_stat_activity
      where wait_event_type = 'Lock' and state = 'active'`.execute(db)
  return rows[0]?.many ?? 0
}

async function untilArrived({ platforms, operation, on }: Scene): Promise<void> {
  for (const platform of on) {
    const { method, path } = call(operation, platform)
    await until(async () => {
      const seen = await platforms[platform].seen()
      const calls = seen.filter((one) => one.method === method && one.path.includes(path))
      return calls.length > operation.callsBefore(platform)
    })
  }
}

async function untilCarriedOut(scene: Scene): Promise<void> {
  const { platforms, operation, on } = scene
  await untilArrived(scene)
  for (const platform of on)
    await until(async () => operation.stands(await platforms[platform].posts(), platform))
}

async function untilStored({ store, operation, on }: Scene): Promise<void> {
  const stored = async () => ((await operation.stored(store.db)) >= on.length ? true : null)
  if ((await waitFor(store, stored, AbortSignal.timeout(SOON_MS))) === null)
    throw new Error(`${operation.name} was not stored in time`)
}

/** Asks again until it is so; each question is a call of its own, so this is no busy loop. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + SOON_MS
  while (!(await isSo())) if (Date.now() > end) throw new Error('the point was not reached in time')
}
