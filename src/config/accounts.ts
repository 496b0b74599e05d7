import type { z } from 'zod'
import { Problem } from '../locale/problem.ts'
import type { PlatformId } from '../platforms/platform.ts'
import type { AccountSettings } from './config.ts'
import type { Place } from './environment.ts'
import { policyKeys, policyOf } from './policy.ts'

/** What a platform says of its credentials; the platforms are handed in, as config knows none of them. */
export interface AccountSpec {
  readonly schema: z.ZodType
  /** Environment setting → key in `crieur.yaml`. */
  readonly settings: Readonly<Record<string, string>>
  /** Settings without which there is no account. */
  readonly required: readonly string[]
  /** An answer may be lost there so that nobody but a person can say whether a post stands. */
  readonly uncertain: boolean
}
export type AccountSpecs = Readonly<Record<PlatformId, AccountSpec>>

/** An account as it was found, before its platform's schema has seen it. */
export interface FoundAccount {
  name: string
  platform: PlatformId
  /** By key, as in `crieur.yaml`. */
  values: Readonly<Record<string, unknown>>
  /** The whole account: a setting's name, or a path in the file. */
  setting: string
  /** What a person calls one of its keys. */
  nameOf(key: string): string
  placeOf(key: string): Place
}

/** Right values, to be shown where a wrong one was found. */
const examples: Readonly<Record<string, string>> = {
  TELEGRAM_BOT_TOKEN: '123456789:AAExampleExampleExampleExampleExam',
  TELEGRAM_CHANNEL: '@my_channel',
  TELEGRAM_ADMINS: '123456789',
  TELEGRAM_API_ROOT: 'https://api.telegram.org',
  TELEGRAM_PREVIEW_ROOT: 'https://t.me',
  BLUESKY_HANDLE: 'name.bsky.social',
  BLUESKY_APP_PASSWORD: 'xxxx-xxxx-xxxx-xxxx',
  BLUESKY_SERVICE: 'https://bsky.social',
  BLUESKY_APPVIEW: 'https://public.api.bsky.app',
  MASTODON_URL: 'https://mastodon.social',
  MASTODON_ACCESS_TOKEN: 'aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789-_aBcDe',
}

/** `key: "value"` in a file, `NAME=value` in the environment. */
export function exampleOf(setting: string, key: string | null): string {
  const value = examples[setting] ?? '…'
  return key === null ? `${setting}=${value}` : `${key}: "${value}"`
}

/** Parses what was found by the platform's own schema; two accounts of one name or with the same credentials are refused. */
export function checkedAccounts(
  found: readonly FoundAccount[],
  specs: AccountSpecs,
): AccountSettings[] {
  const seen = new Map<string, FoundAccount>()
  return found.map((account) => {
    const credentials = parsed(account, specs[account.platform])
    const marks = [account.name, `${account.platform} ${sortedJson(credentials)}`]
    for (const mark of marks) {
      const other = seen.get(mark)
      if (other !== undefined) throw twice(account, other, mark === account.name)
      seen.set(mark, account)
    }
    const policy = policyOf(account)
    return { name: account.name, platform: account.platform, credentials, policy }
  })
}

/** Every setting of the environment's shorthand, and its key in `crieur.yaml`. */
export function settingsOf(platform: PlatformId, spec: AccountSpec): Record<string, string> {
  const named = (key: string) => `${platform}_${key}`.toUpperCase()
  const policy = policyKeys(spec).map((key) => [named(key), key])
  return { ...spec.settings, ...Object.fromEntries(policy) }
}

function parsed(account: FoundAccount, spec: AccountSpec): unknown {
  const own = new Set<string>(policyKeys(spec))
  const values = Object.entries(account.values).filter(([key]) => !own.has(key))
  const result = spec.schema.safeParse(Object.fromEntries(values))
  if (result.success) return result.data
  const [issue] = result.error.issues
  const key = String(issue?.path[0] ?? '')
  const about = Object.keys(spec.settings).find((name) => spec.settings[name] === key) ?? ''
  const setting = account.nameOf(key)
  throw new Problem('setting-invalid', {
    setting,
    about,
    said: issue?.message ?? '',
    ...account.placeOf(key),
    example: exampleOf(about, setting === about ? null : key),
  })
}

function twice(account: FoundAccount, other: FoundAccount, sameName: boolean): Problem {
  const { file, line } = account.placeOf('')
  return new Problem(sameName ? 'setting-name-twice' : 'setting-account-twice', {
    setting: account.setting,
    other: other.setting,
    name: account.name,
    file,
    line,
  })
}

function sortedJson(credentials: unknown): string {
  if (typeof credentials !== 'object' || credentials === null) return JSON.stringify(credentials)
  return JSON.stringify(Object.entries(credentials).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** The platforms there are, in the order they were handed in. */
export function platformsOf(specs: AccountSpecs): PlatformId[] {
  return Object.keys(specs).filter((id): id is PlatformId => Object.hasOwn(specs, id))
}
