import path from 'node:path'
import { type Locale, localeOf } from '../locale/words.ts'
import { type AccountSpecs, checkedAccounts } from './accounts.ts'
import type { AccountSettings, Config, SourceSettings } from './config.ts'
import { type Environment, readEnvironment } from './environment.ts'
import { readFileSettings } from './file.ts'
import { shorthandAccounts } from './shorthand.ts'
import { isSecret, passwordIn, variantsOf } from './secrets.ts'
import { type SettingDefinition, settingOf, settings } from './settings.ts'

/** Settings that are secrets by themselves. */
const ownSecrets = ['API_TOKEN', 'WEBHOOK_SECRET', 'ADMIN_PASSWORD']

/** What the configuration is read from. */
export interface ConfigInputs {
  env: Readonly<Record<string, string | undefined>>
  /** The checkout: `.env`, `crieur.yaml` and relative folders start here. Absolute. */
  root: string
  /** Every platform's credentials. */
  platforms: AccountSpecs
}

/**
 * Environment, `.env` and `crieur.yaml` as one frozen record. Throws the first `Problem` found ('setting-…'):
 * it names the setting and where it stands, what is wrong and an example, never a value.
 */
export async function loadConfig({ env, root, platforms }: ConfigInputs): Promise<Config> {
  const environment = await readEnvironment(env, root)
  const get = <T>(setting: SettingDefinition<T>) => settingOf(environment, setting)
  const locale = get(settings.locale) ?? localeOf(env)
  const databaseUrl = get(settings.databaseUrl)
  const redisUrl = get(settings.redisUrl)
  const file = await readFileSettings(environment, root, platforms)
  const accounts = checkedAccounts(
    [...shorthandAccounts(environment, platforms, file.used), ...file.accounts],
    platforms,
  )
  const sources = allSources(file.sources, get(settings.feeds) ?? [])
  const secrets = [
    ...file.secrets,
    ...secretsIn(environment, platforms, accounts),
    ...ownSecrets.flatMap((name) => environment.get(name)?.value ?? []),
    ...[databaseUrl, redisUrl, ...sources.map((source) => source.url)].flatMap(passwordIn),
  ]
  return frozen({
    dataDir: path.resolve(root, get(settings.dataDir) ?? 'data'),
    databaseUrl,
    redisUrl,
    host: get(settings.host) ?? '127.0.0.1',
    port: get(settings.port) ?? 8080,
    publicUrl: get(settings.publicUrl),
    locale,
    timeZone: get(settings.timeZone) ?? systemTimeZone(),
    logLevel: get(settings.logLevel) ?? 'info',
    sources,
    apiToken: get(settings.apiToken),
    webhookSecret: get(settings.webhookSecret),
    adminPassword: get(settings.adminPassword),
    holdOlderMs: get(settings.holdOlder) ?? 48 * 3_600_000,
    holdBurst: get(settings.holdBurst) ?? 10,
    approve: get(settings.approve) ?? false,
    feedIntervalMs: get(settings.feedInterval) ?? 15 * 60_000,
    allowPrivateSources: get(settings.allowPrivateSources) ?? false,
    accounts,
    secrets: variantsOf(secrets),
  })
}

/**
 * The language people are spoken to before the settings are known to be right: as `.env` and the environment
 * say, whatever else may be wrong with them.
 */
export async function spokenLocale({
  env,
  root,
}: Pick<ConfigInputs, 'env' | 'root'>): Promise<Locale> {
  const environment = await readEnvironment(env, root).catch((): Environment => new Map())
  return localeOf({ ...env, LOCALE: environment.get('LOCALE')?.value })
}

/** Each feed once; what `crieur.yaml` says of it counts, since it says more. */
function allSources(inFile: SourceSettings[], feeds: readonly string[]): SourceSettings[] {
  const plain = feeds.map((url): SourceSettings => ({ url, remove: [] }))
  return [...new Map([...plain, ...inFile].map((source) => [source.url, source])).values()]
}

/** The accounts' secrets as they were typed and as they were parsed. */
function secretsIn(
  environment: Environment,
  platforms: AccountSpecs,
  accounts: readonly AccountSettings[],
): string[] {
  const shorthand = Object.values(platforms).flatMap((spec) => Object.keys(spec.settings))
  const typed = shorthand.map((name) => [name, environment.get(name)?.value])
  const parsed = accounts.flatMap((account) => Object.entries(account.credentials ?? {}))
  return [...typed, ...parsed].flatMap(([name, value]) =>
    typeof name === 'string' && typeof value === 'string' && isSecret(name) ? [value] : [],
  )
}

function systemTimeZone(): string {
  return new Intl.DateTimeFormat('en').resolvedOptions().timeZone || 'UTC'
}

/** Frozen all the way down. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const one of Object.values(value)) frozen(one)
  return Object.freeze(value)
}
