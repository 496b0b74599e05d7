import type { ColumnType, Generated } from 'kysely'
import type { Article } from '../articles/article.ts'
import type { Hint } from '../articles/read.ts'
import type { Draft, Warning } from '../posts/post.ts'
import type { ErrorKind } from '../platforms/error.ts'
import type { Limits, MediaRef, PlatformId, Syndication } from '../platforms/platform.ts'

/** A moment: read as Date, written as Date. */
type Moment = ColumnType<Date, Date, Date>
type MaybeMoment = ColumnType<Date | null, Date | null | undefined, Date | null>
/** Any JSON: read parsed, written as a JSON string. */
type Json<T> = ColumnType<T, string, string>
type MaybeJson<T> = ColumnType<T | null, string | null | undefined, string | null>

export type ArticleState = 'heard' | 'ready' | 'known' | 'unreadable' | 'withdrawn'
/** Who brought the article; decides whether anything about it is announced unasked. */
export type Via = 'feed' | 'person' | 'backfill' | 'sandbox'

/** A `Problem` as it is kept: the sentence is written when somebody reads it. */
export interface KeptProblem {
  kind: string
  facts: object
}

export interface ArticlesTable {
  id: Generated<number>
  url: string
  state: ArticleState
  via: Via
  source_id: number | null
  hint: MaybeJson<Hint>
  article: MaybeJson<Article>
  revision: Generated<number>
  problem: MaybeJson<KeptProblem>
  /** When it is to be read next; null where nothing is to be read. */
  due_at: MaybeMoment
  lease_until: MaybeMoment
  tries: Generated<number>
  heard_at: Moment
  ready_at: MaybeMoment
}

export interface ArticleKeysTable {
  key: string
  article_id: number
}

export interface SourcesTable {
  id: Generated<number>
  url: string
  /** Stands in the files of the newest start. */
  configured: boolean
  title: string | null
  baseline_at: MaybeMoment
  /** How many of those that were there at the baseline are still to be announced; null once that is done. */
  backfill: number | null
  etag: string | null
  last_modified: string | null
  due_at: Moment
  lease_until: MaybeMoment
  last_read_at: MaybeMoment
  problem: MaybeJson<KeptProblem>
}

/** Why an account stands still until somebody mends it. */
export interface Pause {
  kind: 'unauthorized'
  reason: string
  /** Of the credentials that were refused: with others the account may try again. */
  fingerprint: string | null
}

export interface AccountsTable {
  id: Generated<number>
  platform: PlatformId
  /** The label in the files. */
  name: string
  /** Remote identity; null until the platform could be asked. */
  identity: string | null
  /** Of the credentials whose identity was asked last; others must be asked again before anything is sent. */
  fingerprint: string | null
  title: string | null
  url: string | null
  limits: MaybeJson<Limits>
  configured: boolean
  paused_at: MaybeMoment
  pause: MaybeJson<Pause>
  /** The platform told us to wait. */
  wait_until: MaybeMoment
  /** Pace: the moment up to which its calls are already spent. */
  spent_until: MaybeMoment
  checked_at: MaybeMoment
  last_success_at: MaybeMoment
}

export interface VaultsTable {
  account_id: number
  /** Of the credentials it belongs to: other credentials, other session. */
  fingerprint: string
  kept: Json<unknown>
}

export type DeliveryState =
  | 'held'
  | 'pending'
  | 'publishing'
  | 'uncertain'
  | 'published'
  | 'failed'
  | 'canceled'
  | 'deleted'

/** What went wrong last. `reason` is the platform's own words, never a secret. */
export interface DeliveryError {
  kind: ErrorKind | 'template'
  reason: string
}

export interface DeliveriesTable {
  id: Generated<number>
  article_id: number
  account_id: number
  round: Generated<number>
  state: DeliveryState
  version: Generated<number>
  /** When it may next be tried; `infinity` (read as null) where only a person goes on. */
  due_at: MaybeMoment
  /** When it first could go: its 24 hours count from here. */
  first_due_at: Moment
  tries: Generated<number>
  lease_token: string | null
  lease_until: MaybeMoment
  /** The post's `createdAt`, fixed when it was frozen; null where it is still to be written. */
  frozen_at: MaybeMoment
  error: MaybeJson<DeliveryError>
  warnings: Json<Warning[]>
  held_for: 'late' | null
  change_kind: 'edit' | 'delete' | null
  change_state: string | null
  change_due_at: MaybeMoment
  change_tries: Generated<number>
  change_error: MaybeJson<DeliveryError>
  created_at: Moment
  published_at: MaybeMoment
}

export interface PartsTable {
  delivery_id: number
  position: number
  draft: Json<Draft>
  key: string
  /** When the key was first used: some platforms remember it for an hour only. */
  key_used_at: MaybeMoment
  /** Set before the call, cleared only by an answer that proves that nothing was carried out. */
  sent_at: MaybeMoment
  thumbnail: MaybeJson<MediaRef>
  syndication: MaybeJson<Syndication>
}

/** The bytes of a card's picture, kept until its post stands: the same bytes give the same reference. */
export interface PicturesTable {
  delivery_id: number
  position: number
  bytes: Buffer
  mime: string
  width: number
  height: number
  alt: string
}

export type Operation = 'publish' | 'look' | 'upload' | 'check'

export interface AttemptsTable {
  id: Generated<number>
  delivery_id: number
  position: number
  at: Moment
  operation: Operation
  /** Null while the answer is out. */
  outcome: 'done' | 'absent' | 'cannot look' | ErrorKind | null
  reason: string | null
  ended_at: MaybeMoment
}

/** When something recurring was last done: `sweep`. */
export interface UpkeepTable {
  name: string
  at: Moment
}

export interface Ledger {
  articles: ArticlesTable
  article_keys: ArticleKeysTable
  sources: SourcesTable
  accounts: AccountsTable
  vaults: VaultsTable
  deliveries: DeliveriesTable
  parts: PartsTable
  pictures: PicturesTable
  attempts: AttemptsTable
  upkeep: UpkeepTable
}
