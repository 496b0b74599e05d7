import { randomUUID } from 'node:crypto'
import { type Connections, openConnections } from './accounts/connections.ts'
import type { ReadingMeans } from './articles/ingest.ts'
import type { Config, SourceSettings } from './config/config.ts'
import { readTemplates } from './config/templates.ts'
import type { SourceMeans } from './deliveries/brought.ts'
import type { HoldRules } from './deliveries/hold.ts'
import type { Means } from './deliveries/means.ts'
import { openPages } from './deliveries/pages.ts'
import { type Words, wordsOf } from './locale/words.ts'
import { createLog, type Log } from './log.ts'
import { createFetch, type GuardedFetch } from './net/fetch.ts'
import type { Queue } from './queue/queue.ts'
import type { Sandbox } from './sandbox/host.ts'
import { openStore, type Store } from './store/store.ts'

/** What a command opened: a plain record. Whoever needs only a few of these takes only those. */
export interface App {
  config: Config
  words: Words
  log: Log
  store: Store
  fetch: GuardedFetch
  connections: Connections
  /** Null where real accounts are configured, and for commands that only read the ledger. */
  sandbox: Sandbox | null
  /** What is polled: the files' sources; in a sandbox without any, the sample site. */
  sources: readonly SourceSettings[]
  /** Aborted once the program is to stop. */
  stopping: AbortSignal
  publishing: Means
  /** What an operator decided about holding. */
  holding: HoldRules
  reading: ReadingMeans
  /** Opened when first asked for: reading commands need none. */
  queue(): Promise<Queue>
  /** What reading the sources takes. */
  bringing(): Promise<SourceMeans>
  /** Lets go of everything, in the order in which things depend on each other. */
  close(graceMs?: number): Promise<void>
}

/** The real ledger and the sandbox's are apart, so that nothing of one follows into the other. */
function namespaceOf(config: Config): string {
  return config.accounts.length > 0 ? 'crieur' : 'crieur_sandbox'
}

/** The log of a program: lines on stderr, secrets struck out. */
export function logOf(config: Config): Log {
  return createLog(config.logLevel, config.secrets, (line) => process.stderr.write(`${line}\n`))
}

/** The guarded fetch of a program: private addresses are refused, but for the sandbox's own sample site. */
export function fetchOf(config: Config, sandbox: Sandbox | null): GuardedFetch {
  return createFetch({
    allowPrivate: config.allowPrivateSources,
    allowOrigins: sandbox === null ? [] : [sandbox.site.url],
  })
}

/** A source's own selectors of junk; for an article that no source brought, those of its site's source. */
export function junkOf(sources: readonly SourceSettings[]): (url: string) => readonly string[] {
  return (url) => {
    const { host } = new URL(url)
    return sources
      .filter((source) => new URL(source.url).host === host)
      .flatMap(({ remove }) => remove)
  }
}

/** For commands that tell people themselves how things go: their log speaks of trouble only. */
export function quietly(config: Config): Config {
  return config.logLevel === 'info' ? { ...config, logLevel: 'warn' } : config
}

/** Opens the ledger and what works on it. Throws `Problem` where the store cannot be had. */
export async function openApp(
  config: Config,
  sandbox: Sandbox | null,
  stopping: AbortSignal,
  backfill = 0,
): Promise<App> {
  // Whoever closes takes no new work any more, asked to stop or not.
  const closing = new AbortController()
  const stopped = AbortSignal.any([stopping, closing.signal])
  const log = logOf(config)
  const templates = await readTemplates(config)
  const namespace = namespaceOf(config)
  const store = await openStore({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    schema: namespace,
  })
  store.session.on('lost', () => log.warn('database away, waiting for it'))
  store.session.on('back', () => log.info('database back'))
  const { db, clock } = store
  const fetch = fetchOf(config, sandbox)
  const connections = openConnections(db, sandbox?.accounts ?? config.accounts, clock)
  const sources =
    sandbox !== null && config.sources.length === 0
      ? [{ url: sandbox.site.feedUrl, remove: [] }]
      : config.sources
  const holding = {
    olderMs: config.holdOlderMs,
    burst: config.holdBurst,
    approve: config.approve,
  }
  const reading = { db, clock, log, fetch, junkOf: junkOf(sources) }
  let queue: Promise<Queue> | null = null
  const openQueue = async () => {
    const { openQueue: open } = await import('./queue/queue.ts')
    return open({ redisUrl: config.redisUrl, postgres: store.address, namespace }, clock, log)
  }
  const queueOnce = () => (queue ??= openQueue())
  return {
    config,
    words: wordsOf(config.locale),
    log,
    store,
    fetch,
    connections,
    sandbox,
    sources,
    stopping,
    publishing: {
      db,
      clock,
      random: Math.random,
      newToken: randomUUID,
      log,
      connections,
      templates,
      fetch,
      pages: openPages(fetch, clock),
      stopping: stopped,
    },
    holding,
    reading,
    queue: queueOnce,
    bringing: async () => ({
      ...reading,
      everyMs: config.feedIntervalMs,
      queue: await queueOnce(),
      backfill,
      sandbox: sandbox !== null,
      holding,
    }),
    close: async (graceMs = 0) => {
      closing.abort()
      await (await queue?.catch(() => null))?.close(graceMs)
      await connections.close()
      await fetch.close()
      await store.close()
      await sandbox?.close()
    },
  }
}
