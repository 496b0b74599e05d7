import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import sharp from 'sharp'
import { syncAccounts } from '../../src/accounts/ledger.ts'
import { keepRead } from '../../src/articles/ledger.ts'
import { announce } from '../../src/deliveries/announce.ts'
import { decide } from '../../src/deliveries/decide.ts'
import type { PlatformId } from '../../src/platforms/platform.ts'
import type { KeptPost } from '../../src/sandbox/stand-in.ts'
import { waitFor } from '../../src/store/changes.ts'
import { openStore, type Store } from '../../src/store/store.ts'
import { threePlatforms, type Platforms } from '../support/accounts.ts'
import { blankArticle } from '../support/newsroom.ts'
import { crieur, freePort } from '../support/program.ts'
import { temporaryFolder } from '../support/store.ts'
import { serve } from '../unit/net/serve.ts'
import type { Operation } from './operations.ts'
import type { Point } from './points.ts'

const names = ['telegram', 'bluesky', 'mastodon'] as const
/** After a crash and a restart everything that can settle has settled within three minutes. */
const SETTLED_MS = 200_000

/** What stands and what the ledger says of it at the end of a run. */
export interface End {
  posts: Record<PlatformId, KeptPost[]>
  deliveries: { platform: PlatformId; state: string; change: string | null }[]
}

/** Which queue the program runs with. */
export interface Queue {
  redisUrl?: string
}

/** One run: the program is killed at the point of the operation, started again, and left to settle. */
export async function crashed(operation: Operation, point: Point, queue: Queue): Promise<End> {
  await using platforms = await threePlatforms()
  await using home = await temporaryFolder()
  const picture = await sharp({
    create: { width: 80, height: 40, channels: 3, background: '#336699' },
  })
    .jpeg()
    .toBuffer()
  await using site = await serve((request, response) => {
    const isPicture = request.url?.endsWith('.jpg') ?? false
    const type = isPicture ? 'image/jpeg' : 'text/html; charset=utf-8'
    response.writeHead(200, { 'content-type': type }).end(isPicture ? picture : '<p>Le canal</p>')
  })
  const url = `${site.url}/le-canal-rouvre/`
  const env = {
    ...platforms.env,
    DATA_DIR: home.folder,
    PORT: String(await freePort()),
    ALLOW_PRIVATE_SOURCES: 'true',
    BLUESKY_EDIT: 'true',
    ...(queue.redisUrl !== undefined && { REDIS_URL: queue.redisUrl }),
  }
  await mkdir(path.join(home.folder, 'templates'))
  for (const name of names) {
    await writeFile(path.join(home.folder, 'templates', `${name}.liquid`), operation.template)
  }
  const open = () => openStore({ databaseUrl: null, dataDir: home.folder, schema: 'crieur' })
  await using store = await opened(open)
  const article = await announced(store.store, url, operation.picture ? `${site.url}/a.jpg` : null)
  if (operation.changes !== null) {
    await inPeace(store.store, env)
    await change(store.store, { article, url }, operation.changes)
  }
  await killedAt(operation, point, { store: store.store, platforms, env })
  await using start = crieur(['start'], env)
  await start.says(/http:/)
  const deliveries = await settled(store.store, operation)
  start.kill('SIGTERM')
  await start.ended
  const [telegram, bluesky, mastodon] = await Promise.all(
    names.map((name) => platforms[name].posts()),
  )
  return {
    posts: { telegram: telegram ?? [], bluesky: bluesky ?? [], mastodon: mastodon ?? [] },
    deliveries,
  }
}

async function opened(open: () => Promise<Store>): Promise<{ store: Store } & AsyncDisposable> {
  const store = await open()
  return { store, [Symbol.asyncDispose]: () => store.close() }
}

/** Keeps and announces the article on all accounts, as `crieur post` would. */
async function announced(store: Store, url: string, picture: string | null): Promise<number> {
  const accounts = await syncAccounts(
    store.db,
    names.map((name) => ({ name, platform: name, credentials: null })),
  )
  const image = picture === null ? null : { url: picture, alt: 'Le canal' }
  const article = {
    ...blankArticle,
    url,
    title: 'Le canal rouvre',
    image,
    images: image === null ? [] : [image],
  }
  return store.db.transaction().execute(async (tx) => {
    const now = store.clock()
    const keeping = { heardAs: null, via: 'person' as const, dueAt: null, now }
    const { id } = await keepRead(tx, { article, keys: [`url:${url}`] }, keeping)
    const wish = {
      article: id,
      accounts: accounts.map((row) => row.id),
      at: now,
      again: false,
      hold: null,
    }
    await announce(tx, wish, now)
    return id
  })
}

/** Publishes what waits, without any mishap. */
async function inPeace(store: Store, env: Record<string, string>): Promise<void> {
  await using start = crieur(['start'], env)
  const all = await waitFor(
    store,
    async () => {
      const rows = await store.db.selectFrom('deliveries').select('state').execute()
      return rows.every(({ state }) => state === 'published') ? rows : null
    },
    AbortSignal.timeout(SETTLED_MS),
  )
  if (all === null) throw new Error('not published in time')
  start.kill('SIGTERM')
  await start.ended
}

/** The article is another one now, or somebody wants its posts gone. */
async function change(
  store: Store,
  { article, url }: { article: number; url: string },
  kind: 'edit' | 'delete',
): Promise<void> {
  const { db, clock } = store
  if (kind === 'delete') {
    const by = { who: 'test', door: 'cli' } as const
    const wake = () => Promise.resolve()
    const wish = { on: { article }, version: null, decision: { kind }, by } as const
    await decide({ db, clock, wake }, wish)
    return
  }
  const changed = { ...blankArticle, url, title: 'Nouveau titre' }
  await db.transaction().execute(async (tx) => {
    const keeping = { heardAs: null, via: 'person' as const, dueAt: null, now: clock() }
    await keepRead(tx, { article: changed, keys: [`url:${url}`] }, keeping)
  })
  // as if a minute and a half had passed since
  await sql`
    update deliveries set change_kind = 'edit', change_state = 'waiting', change_by = 'site',
        change_revision = 2, change_due_at = now()`.execute(db)
}

/** Starts the program, waits until it has come to the point, and kills it there. */
async function killedAt(
  operation: Operation,
  point: Point,
  { store, platforms, env }: { store: Store; platforms: Platforms; env: Record<string, string> },
): Promise<void> {
  for (const platform of operation.on) {
    for (const fault of point.faults(operation, platform)) await platforms[platform].fault(fault)
  }
  const release = Promise.withResolvers<void>()
  const holding: Promise<void>[] = []
  const hold = async (tables: readonly string[]) => {
    if (tables.length === 0) return
    const held = Promise.withResolvers<void>()
    holding.push(
      store.db.transaction().execute(async (tx) => {
        for (const table of tables)
          await sql`lock table ${sql.table(table)} in exclusive mode`.execute(tx)
        held.resolve()
        await release.promise
      }),
    )
    await held.promise
  }
  await hold(point.held)
  try {
    await using start = crieur(['start'], env)
    const scene = { store, platforms, operation, on: operation.on, hold }
    await point.reached(scene).catch(async (error: unknown) => {
      start.kill('SIGKILL')
      const { stdout, stderr } = await start.ended
      throw new Error(`${operation.name}, ${point.name}: not reached\n${stdout}${stderr}`, {
        cause: error,
      })
    })
    start.kill('SIGKILL')
    await start.ended
  } finally {
    release.resolve()
    await Promise.all(holding)
    for (const platform of operation.on) await platforms[platform].forgetFaults()
  }
}

/** Waits until every delivery has ended: nothing more happens by itself. */
async function settled(store: Store, operation: Operation): Promise<End['deliveries']> {
  const rows = await waitFor(
    store,
    async () => {
      const all = await store.db
        .selectFrom('deliveries')
        .innerJoin('accounts', 'accounts.id', 'account_id')
        .select(['platform', 'state', 'due_at', 'change_kind as change'])
        .execute()
      const open = all.filter(
        ({ state, due_at, change: wanted }) =>
          wanted !== null ||
          (!['published', 'deleted'].includes(state) &&
            !(state === 'uncertain' && due_at === null)),
      )
      return open.length === 0 ? all : null
    },
    AbortSignal.timeout(SETTLED_MS),
  )
  if (rows === null) {
    const left = await store.db.selectFrom('deliveries').selectAll().execute()
    throw new Error(`${operation.name} had not settled in time: ${JSON.stringify(left)}`)
  }
  return rows.map(({ platform, state, change: wanted }) => ({ platform, state, change: wanted }))
}
