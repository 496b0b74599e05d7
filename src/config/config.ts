import type { Locale } from '../locale/words.ts'
import type { PlatformId } from '../platforms/platform.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** One place to post, as the files say. `credentials` were parsed by the platform's own schema. */
export interface AccountSettings {
  /** A label: the account itself is known by its remote identity. */
  name: string
  platform: PlatformId
  credentials: unknown
  /** What the files say of it; the rest is as is usual on its platform. */
  policy?: Partial<Policy>
}

/** What an account does by itself where an operator decided so. */
export interface Policy {
  /** What stands follows what its site changes. */
  edit: boolean
  /** What becomes of what stands once its site withdraws the article. */
  withdrawn: 'keep' | 'delete'
  /** Who says what became of a post whose answer was lost, where the platform cannot be asked. */
  uncertain: 'ask' | 'send again' | 'leave'
}

/** A feed to read. `remove` are selectors of junk in its pages, beside those that ship. */
export interface SourceSettings {
  url: string
  remove: readonly string[]
}

/** Everything an operator decides, parsed once at start. Nobody else reads the environment. */
export interface Config {
  /** Absolute. */
  readonly dataDir: string
  readonly databaseUrl: string | null
  readonly redisUrl: string | null
  readonly host: string
  readonly port: number
  readonly publicUrl: string | null
  readonly locale: Locale
  /** IANA name. */
  readonly timeZone: string
  readonly logLevel: LogLevel
  /** For scripts that call the API; null: the API is closed. */
  readonly apiToken: string | null
  /** The key of signed hooks, decoded from `whsec_…`; null: hooks are refused. */
  readonly webhookSecret: readonly number[] | null
  /** For the page; null: a first one is made and kept hashed. */
  readonly adminPassword: string | null
  /** What a source brings so long after its publication is held. */
  readonly holdOlderMs: number
  /** More new articles of one source than this within an hour are held, all of them. */
  readonly holdBurst: number
  /** A person says yes to every article first. */
  readonly approve: boolean
  readonly sources: readonly SourceSettings[]
  readonly feedIntervalMs: number
  readonly allowPrivateSources: boolean
  /** Empty where no account is configured: then Crieur runs the sandbox. */
  readonly accounts: readonly AccountSettings[]
  /** Every secret of the files and the environment, to be struck out of logs. */
  readonly secrets: readonly string[]
}
