import { randomUUID } from 'node:crypto'
import { openConnections } from '../../src/accounts/connections.ts'
import { syncAccounts } from '../../src/accounts/ledger.ts'
import type { Article } from '../../src/articles/article.ts'
import { whole } from '../../src/articles/kept.ts'
import { keepRead } from '../../src/articles/ledger.ts'
import type { AccountSettings, Policy } from '../../src/config/config.ts'
import { readTemplates } from '../../src/config/templates.ts'
import { announce } from '../../src/deliveries/announce.ts'
import { decide, type Decided } from '../../src/deliveries/decide.ts'
import type { Means } from '../../src/deliveries/means.ts'
import type { Decision } from '../../src/deliveries/moves.ts'
import { followPublication } from '../../src/deliveries/publication.ts'
import { openPages } from '../../src/deliveries/pages.ts'
import { publishDue } from '../../src/deliveries/publish.ts'
import { followRevisions } from '../../src/deliveries/revise.ts'
import { deliveries, type DeliveryWithPost } from '../../src/deliveries/view.ts'
import { wantChanges } from '../../src/deliveries/want-changes.ts'
import { withdraw } from '../../src/deliveries/withdraw.ts'
import { createLog } from '../../src/log.ts'
import { createFetch } from '../../src/net/fetch.ts'
import type { PlatformId } from '../../src/platforms/platform.ts'
import { bluesky, startBluesky } from '../../src/sandbox/bluesky.ts'
import { mastodon, startMastodon } from '../../src/sandbox/mastodon.ts'
import type { StandIn } from '../../src/sandbox/stand-in.ts'
import { startTelegram, telegram } from '../../src/sandbox/telegram.ts'
import type { Via } from '../../src/store/schema.ts'
import type { Store } from '../../src/store/store.ts'
import type { Server } from './store.ts'

/** One account on its stand-in, a ledger, and a clock that can be put forward. */
export interface Newsroom extends AsyncDisposable {
  standIn: StandIn
  store: Store
  means: Means
  account: number
  /** Everything logged, to look for what must not stand there. */
  logged: string[]
  /** Puts the clock forward. */
  later(seconds: number): void
  /** Keeps and announces an article; answers its id. */
  announce(article?: Partial<Article>): Promise<number>
  /** Announces an article once more, on purpose. */
  again(article: number): Promise<void>
  /** The article says something else now; what that means for its posts is seen to, as a sweep does. */
  revise(article: number, more: Partial<Article>): Promise<void>
  /** Its site withdraws the article, or has it again. */
  withdraw(article: number, state?: 'withdrawn' | 'ready'): Promise<void>
  /** Somebody decides about an article, whatever version it is. */
  say(article: number, decision: Decision): Promise<Decided>
  /** Sees what stands fall behind its article; answers when something is to happen to it. */
  follow(): Promise<Date[]>
  /** Publishes what is due now. */
  publish(): Promise<void>
  only(article: number): Promise<DeliveryWithPost>
}

const starters = {
  telegram: () => startTelegram({ port: 0, file: null }),
  bluesky: () => startBluesky({ port: 0, file: null }),
  mastodon: () => startMastodon({ port: 0, file: null }),
}

/** The credentials of a stand-in's own account, or others to be refused. */
export function credentialsFor(platform: PlatformId, url: string, secret?: string): unknown {
  switch (platform) {
    case 'telegram':
      return {
        botToken: secret ?? telegram.botToken,
        channel: telegram.channel,
        apiRoot: url,
        previewRoot: url,
      }
    case 'bluesky':
      return { handle: bluesky.handle, appPassword: secret ?? bluesky.appPassword, service: url }
    case 'mastodon':
      return { url, accessToken: secret ?? mastodon.accessToken }
  }
}

/** What a newsroom opens with instead of a new one of its own, to go on where another stopped. */
interface Kept {
  standIn?: StandIn
  store?: Store
  /** Seconds that the clock is put forward. */
  ahead?: number
  /** Words of a template in place of the shipped one. */
  template?: string
  /** Who brings its articles; a person, unless told. */
  via?: Via
  /** What an operator decided that the account does by itself. */
  policy?: Partial<Policy>
}

/** Opens a newsroom of one account on a ledger of its own. `secret` replaces the right one. */
export async function openNewsroom(
  server: Server,
  platform: PlatformId,
  secret?: string,
  kept: Kept = {},
): Promise<Newsroom> {
  const standIn = kept.standIn ?? (await starters[platform]())
  const store = kept.store ?? (await server.open())
  let ahead = (kept.ahead ?? 0) * 1000
  const clock = () => new Date(store.clock().getTime() + ahead)
  const logged: string[] = []
  const log = createLog('debug', [], (line) => logged.push(line))
  const credentials = credentialsFor(platform, standIn.url, secret)
  const settings: AccountSettings[] = [
    { name: platform, platform, credentials, policy: kept.policy ?? {} },
  ]
  const [account] = await syncAccounts(store.db, settings)
  if (account === undefined) throw new Error('no account')
  const connections = openConnections(store.db, settings, clock)
  const fetch = createFetch({ allowPrivate: true, allowOrigins: [] })
  const stopping = new AbortController()
  const templates = await readTemplates()
  const via = kept.via ?? 'person'
  const own = { name: `${platform}.liquid`, source: kept.template ?? '' }
  const means: Means = {
    db: store.db,
    clock,
    random: Math.random,
    newToken: randomUUID,
    log,
    connections,
    templates: { ...templates, ...(kept.template !== undefined && { [platform]: own }) },
    fetch,
    pages: openPages(fetch, clock),
    stopping: stopping.signal,
  }
  const follow = async () => {
    await followRevisions(store.db, clock())
    await followPublication(store.db, clock())
    return (await wantChanges(means, clock())).map(({ at }) => at)
  }
  let number = 0
  return {
    standIn,
    store,
    means,
    account: account.id,
    logged,
    later: (seconds) => (ahead += seconds * 1000),
    announce: async (more = {}) => {
      number += 1
      const article = { ...anArticle(number), ...more }
      return store.db.transaction().execute(async (tx) => {
        const now = clock()
        const keys = [`url:${article.url}`]
        const keeping = { heardAs: null, via, dueAt: null, now }
        const { id } = await keepRead(tx, { article, keys }, keeping)
        const wish = { article: id, accounts: [account.id], at: now, again: false, hold: null }
        await announce(tx, wish, now)
        return id
      })
    },
    revise: async (id, more) => {
      await store.db.transaction().execute(async (tx) => {
        const { article } = await tx
          .selectFrom('articles')
          .select('article')
          .where('id', '=', id)
          .executeTakeFirstOrThrow()
        if (article === null) throw new Error(`a${id} was never read`)
        const read = { article: { ...whole(article), ...more }, keys: [`url:${article.url}`] }
        await keepRead(tx, read, { heardAs: null, via: 'person', dueAt: null, now: clock() })
      })
      await follow()
    },
    withdraw: async (article, state = 'withdrawn') => {
      await store.db
        .updateTable('articles')
        .set({ state, withdrawn_at: clock() })
        .where('id', '=', article)
        .execute()
      await withdraw(store.db, article, clock())
      await follow()
    },
    say: (article, decision) => {
      const deciding = { db: store.db, clock, wake: () => Promise.resolve() }
      const by = { who: 'Anna', door: 'page' as const }
      return decide(deciding, { on: { article }, version: null, decision, by })
    },
    follow,
    again: async (article) => {
      const now = clock()
      const wish = { article, accounts: [account.id], at: now, again: true, hold: null }
      await store.db.transaction().execute((tx) => announce(tx, wish, now))
    },
    publish: async () => {
      await publishDue(means, account.id)
    },
    only: async (article) => {
      const [delivery] = await deliveries(store.db, { article })
      if (delivery === undefined) throw new Error(`a${article} has no delivery`)
      return delivery
    },
    [Symbol.asyncDispose]: async () => {
      stopping.abort()
      await connections.close()
      await fetch.close()
      await standIn.close()
      await store.close()
    },
  }
}

/** An article of which only the address and the title are still to be chosen. */
export const blankArticle = {
  excerpt: 'Après deux ans de travaux, les péniches passent de nouveau.',
  preface: null,
  content: null,
  credit: 'L’Almanach',
  image: null,
  categories: ['Patrimoine'],
  tags: ['canal', 'rivières'],
  authors: [],
  language: 'fr',
  publishedAt: '2026-02-04T09:12:00.000Z',
  updatedAt: null,
  images: [],
  posts: {},
}

function anArticle(number: number): Article {
  return {
    ...blankArticle,
    url: `https://journal.example/2026/02/article-${number}/`,
    title: `Article ${number} : le canal rouvre`,
  }
}
