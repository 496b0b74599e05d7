import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Article } from '../../../src/articles/article.ts'
import type { Config } from '../../../src/config/config.ts'
import { wordsOf } from '../../../src/locale/words.ts'
import { createLog } from '../../../src/log.ts'
import { createFetch } from '../../../src/net/fetch.ts'
import type { PlatformId } from '../../../src/platforms/platform.ts'
import { type Draft, ordinary } from '../../../src/posts/post.ts'
import type { Job } from '../../../src/queue/jobs.ts'
import type { Queue } from '../../../src/queue/queue.ts'
import type { DeliveryError, DeliveryState } from '../../../src/store/schema.ts'
import { openStore, type Store } from '../../../src/store/store.ts'
import type { Web } from '../../../src/web/routes.ts'

const site = { url: 'http://127.0.0.1:4001', feedUrl: 'http://127.0.0.1:4001/feed/' }

const config: Config = {
  dataDir: '/',
  databaseUrl: null,
  redisUrl: null,
  host: '127.0.0.1',
  port: 0,
  publicUrl: null,
  locale: 'en',
  apiToken: null,
  webhookSecret: null,
  adminPassword: null,
  holdOlderMs: 48 * 3_600_000,
  holdBurst: 10,
  approve: false,
  timeZone: 'Europe/Paris',
  logLevel: 'error',
  sources: [],
  feedIntervalMs: 900_000,
  allowPrivateSources: false,
  accounts: [],
  secrets: [],
}

/** A ledger of its own, embedded, gone after `close`. */
export async function openHouse() {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'crieur-web-'))
  const store = await openStore({ databaseUrl: null, dataDir, schema: 'crieur' })
  const close = async () => {
    await store.close()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { store, close }
}

/** A queue that only remembers what it was woken for. */
function remembering(woken: Job[]): Queue {
  return {
    backend: 'postgres',
    wake: async (job) => void woken.push(job),
    repeat: async () => undefined,
    work: async () => undefined,
    close: async () => undefined,
  }
}

/** What the pages need, in the sandbox unless said otherwise. `woken`: gets what the queue was woken for. */
export function webOf(
  store: Store,
  changes: Partial<Config> = {},
  sandbox = true,
  woken: Job[] = [],
): Web {
  const own = { ...config, ...changes }
  const template = { name: 'short.liquid', source: '<b>{{ title }}</b>\n\n{{ url }}' }
  return {
    config: own,
    words: wordsOf(own.locale),
    log: createLog('error', [], () => undefined),
    store,
    sandbox: sandbox ? { site } : null,
    queue: async () => remembering(woken),
    fetch: createFetch({ allowPrivate: false, allowOrigins: [] }),
    reading: { junkOf: () => [] },
    publishing: {
      templates: { telegram: template, bluesky: template, mastodon: template, share: template },
    },
  }
}

export const article: Article = {
  url: `${site.url}/2026/02/le-canal/`,
  title: 'Le canal rouvre',
  excerpt: 'Une péniche a franchi l’écluse.',
  preface: null,
  content: null,
  credit: null,
  image: { url: `${site.url}/ecluse.jpg`, alt: 'Une écluse' },
  categories: [],
  tags: [],
  authors: [],
  language: 'fr',
  publishedAt: '2026-02-11T08:12:00.000Z',
  updatedAt: null,
  images: [],
  posts: {},
}

const image = { url: `${site.url}/ecluse.jpg`, alt: 'Une écluse' }

export const draft: Draft = {
  text: 'Le canal rouvre\n\nhttps://echo.example/2026/02/11/le-canal-rouvre/',
  facets: [],
  count: 212,
  limit: 300,
  language: 'fr',
  card: { url: article.url, title: article.title, description: '', image, above: false },
  images: [],
  manner: ordinary,
  warnings: [],
}

/** What stands in the ledger of one delivery. */
export interface Seed {
  platform: PlatformId
  state: DeliveryState
  article?: Article
  drafts?: Draft[]
  url?: string
  error?: DeliveryError
  warnings?: Draft['warnings']
}

/** Puts one article with its deliveries into the ledger, as if the program had done so. */
export async function seed({ db }: Store, seeds: Seed[], of: Article = article): Promise<void> {
  const now = new Date('2026-02-11T09:00:00Z')
  const { id } = await db
    .insertInto('articles')
    .values({
      url: of.url,
      state: 'ready',
      via: 'feed',
      article: JSON.stringify(of),
      heard_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const { platform, state, drafts = [draft], url, error, warnings = [] } of seeds) {
    const account = await db
      .insertInto('accounts')
      .values({ platform, name: platform, title: `@echo_${platform}`, configured: true })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    const { id: account_id } =
      account ??
      (await db
        .selectFrom('accounts')
        .select('id')
        .where('platform', '=', platform)
        .executeTakeFirstOrThrow())
    const delivery = await db
      .insertInto('deliveries')
      .values({
        article_id: id,
        account_id,
        state,
        first_due_at: now,
        due_at: now,
        warnings: JSON.stringify(warnings),
        error: error === undefined ? null : JSON.stringify(error),
        created_at: now,
        published_at: state === 'published' ? now : null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    if (drafts.length === 0) continue
    await db
      .insertInto('parts')
      .values(
        drafts.map((each, position) => ({
          delivery_id: delivery.id,
          position,
          draft: JSON.stringify(each),
          key: `key-${delivery.id}-${position}`,
          syndication: url === undefined ? null : JSON.stringify({ id: '1', url }),
        })),
      )
      .execute()
  }
}

/** Everything out again, for the next test. */
export async function empty({ db }: Store): Promise<void> {
  for (const table of ['parts', 'deliveries', 'accounts', 'articles'] as const) {
    await db.deleteFrom(table).execute()
  }
}
