import { isIP } from 'node:net'
import { homedir } from 'node:os'
import { z } from 'zod'
import { Problem } from '../locale/problem.ts'
import type { Environment } from './environment.ts'

const SECOND_MS = 1000
const MOST_INTERVAL_MS = 7 * 24 * 3600 * SECOND_MS
const LEAST_INTERVAL_MS = 10 * SECOND_MS
const unitsMs: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

const server = (...schemes: string[]) =>
  z.string().refine((text) => schemes.includes(URL.parse(text)?.protocol ?? ''))

const page = z
  .string()
  .refine((text) => ['http:', 'https:'].includes(URL.parse(text)?.protocol ?? ''))
  .refine((text) => !/\s/.test(text))
  .transform((text) => new URL(text))

/** A feed's address, as `FEEDS` and `crieur.yaml` name it. */
export const feed = page.transform((url) => url.href)

const publicPage = page
  .refine((url) => url.search === '' && url.hash === '' && url.username === '')
  .transform((url) => url.href.replace(/\/$/, ''))

const host = z
  .string()
  .transform((text) => text.replace(/^\[(.*)\]$/, '$1'))
  .refine((text) => isIP(text) !== 0 || /^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(text))

const interval = z
  .string()
  .regex(/^\d{1,9} *[smhd]$/)
  .transform((text) => Number.parseInt(text, 10) * (unitsMs[text.slice(-1)] ?? 0))
  .refine((ms) => ms >= LEAST_INTERVAL_MS && ms <= MOST_INTERVAL_MS)

const timeZone = z
  .string()
  .transform((text) => text.replace(/^:/, ''))
  .refine((name) => /^[a-z]/i.test(name) && isTimeZone(name))

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((number) => number <= 65_535)

const words = <const T extends string>(...known: T[]) =>
  z.string().toLowerCase().pipe(z.enum(known))

const feeds = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .transform((list) => list.filter(Boolean))
  .pipe(z.array(feed))

/** Any time from a second on. */
const duration = z
  .string()
  .regex(/^\d{1,9} *[smhd]$/)
  .transform((text) => Number.parseInt(text, 10) * (unitsMs[text.slice(-1)] ?? 0))
  .refine((ms) => ms > 0)

const howMany = z
  .string()
  .regex(/^\d{1,6}$/)
  .transform(Number)
  .refine((number) => number > 0)

/** One line without blanks, long enough not to be guessed. */
const token = z.string().regex(/^\S{8,500}$/)

/** Standard Webhooks: `whsec_` and bytes in base64 (24 to 64 by its spec; we are no stricter than need be). */
const webhookSecret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/)
  .transform((text) => [...Buffer.from(text.slice('whsec_'.length), 'base64')])
  .refine((bytes) => bytes.length >= 16 && bytes.length <= 128)

const password = z.string().min(8).max(200)

const yesOrNo = words('true', 'false', '1', '0').transform((word) => ['true', '1'].includes(word))

/** A file or a folder. */
const folder = z.string().transform((text) => text.replace(/^~(?=\/|$)/, homedir()))

/** A setting that is not an account's: how it is parsed, and an example that is right. */
export interface SettingDefinition<T> {
  name: string
  parse: z.ZodType<T>
  example: string
}
const define = <T>(name: string, parse: z.ZodType<T>, example: string): SettingDefinition<T> => ({
  name,
  parse,
  example,
})

/** Every setting but the accounts' shorthand. */
export const settings = {
  databaseUrl: define(
    'DATABASE_URL',
    server('postgres:', 'postgresql:'),
    'postgres://crieur:password@localhost:5432/crieur',
  ),
  redisUrl: define('REDIS_URL', server('redis:', 'rediss:'), 'redis://localhost:6379'),
  dataDir: define('DATA_DIR', folder, './data'),
  host: define('HOST', host, '127.0.0.1'),
  port: define('PORT', port, '8080'),
  publicUrl: define('PUBLIC_URL', publicPage, 'https://crieur.example.org'),
  feeds: define('FEEDS', feeds, 'https://example.org/feed/'),
  feedInterval: define('FEED_INTERVAL', interval, '15m'),
  locale: define(
    'LOCALE',
    z
      .string()
      .regex(/^(fr|en)\b/i)
      .transform(language),
    'fr',
  ),
  timeZone: define('TZ', timeZone, 'Europe/Paris'),
  logLevel: define('LOG_LEVEL', words('debug', 'info', 'warn', 'error'), 'info'),
  apiToken: define('API_TOKEN', token, 'a-long-word-of-your-own-choice-0123456789'),
  webhookSecret: define(
    'WEBHOOK_SECRET',
    webhookSecret,
    'whsec_bXkgb3duIHNlY3JldCBvZiAyNCBieXRlcyBvciBtb3Jl',
  ),
  adminPassword: define('ADMIN_PASSWORD', password, 'eight characters or more'),
  holdOlder: define('HOLD_OLDER', duration, '48h'),
  holdBurst: define('HOLD_BURST', howMany, '10'),
  approve: define('APPROVE', yesOrNo, 'true'),
  allowPrivateSources: define('ALLOW_PRIVATE_SOURCES', yesOrNo, 'true'),
  configFile: define('CRIEUR_CONFIG', folder, './crieur.yaml'),
}

/**
 * One setting's parsed value; null where it is not set. Throws `Problem` 'setting-invalid', which never holds
 * the value itself.
 */
export function settingOf<T>(
  environment: Environment,
  { name, parse, example }: SettingDefinition<T>,
): T | null {
  const set = environment.get(name)
  if (set === undefined) return null
  const parsed = parse.safeParse(set.value)
  if (parsed.success) return parsed.data
  const { file, line } = set
  throw new Problem('setting-invalid', {
    setting: name,
    about: name,
    said: '',
    file,
    line,
    example: `${name}=${example}`,
  })
}

function language(text: string): 'fr' | 'en' {
  return /^fr/i.test(text) ? 'fr' : 'en'
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
