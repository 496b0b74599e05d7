import type { ColumnType, Generated } from 'kysely'
import type { KeptArticle } from '../articles/kept.ts'
import type { ArticleInput } from '../articles/schema.ts'
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
export type Via = 'feed' | 'hook' | 'person' | 'api' | 'bot' | 'backfill' | 'sandbox'

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
  /** What a script gave of it; what is missing is read from its page. */
  given: MaybeJson<ArticleInput>
  article: MaybeJson<KeptArticle>
  revision: Generated<number>
  problem: MaybeJson<KeptProblem>
  /** When it is to be read next; null where nothing is to be read. */
  due_at: MaybeMoment
  lease_until: MaybeMoment
  tries: Generated<number>
  heard_at: Moment
  ready_at: MaybeMoment
  /** When its site withdrew it last. */
  withdrawn_at: MaybeMoment
  /** Its site says that it changed: when to read it again; what has not gone out yet follows. */
  reread_at: MaybeMoment
  /** The flood it came with. */
  notice_id: number | null
  /** What a person said of that flood; null where nobody has yet. */
  verdict: 'go' | 'skip' | null
}

export interface ArticleKeysTable {
  key: string
  article_id: number
}

export interface SourcesTable {
  id: Generated<number>
  /** A feed's address; of a hook the site's. */
  url: string
  kind: Generated<'feed' | 'hook'>
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

/** Why an account stands still: its platform lets it in no more, or somebody stopped it. */
export type Pause =
  | {
      kind: 'unauthorized'
      reason: string
      /** Of the credentials that were refused: with others the account may try again. */
      fingerprint: string | null
    }
  | { kind: 'person'; reason: string }

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
  /** How many publishing calls remain, as the platform said last. */
  allowance: MaybeJson<KeptAllowance>
}

/** `resetsAt` in ISO 8601. */
export interface KeptAllowance {
  limit: number
  remaining: number
  resetsAt: string
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

/** Why nothing is sent before a person says so: too late by us, old at its site, too many at once, or always. */
export type HeldFor = 'late' | 'old' | 'flood' | 'approval'

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
  /** When its site publishes the article, where it waits for that. */
  site_at: MaybeMoment
  tries: Generated<number>
  lease_token: string | null
  lease_until: MaybeMoment
  /** The post's `createdAt`, fixed when it was frozen; null where it is still to be written. */
  frozen_at: MaybeMoment
  error: MaybeJson<DeliveryError>
  warnings: Json<Warning[]>
  held_for: HeldFor | null
  /** A withdrawn article that is published again goes out again; what a person canceled does not. */
  canceled_for: 'person' | 'withdrawn' | null
  /** A person leaves it uncertain: nobody is asked any more. */
  left_at: MaybeMoment
  /** The article's revision of which the post was written. */
  revision: Generated<number>
  /** What a published post still needs; never alters the state before it is done. */
  change_kind: 'edit' | 'delete' | null
  /** `failed`: the platform refused it; a person sees it, retries or drops it. */
  change_state: 'waiting' | 'failed' | null
  /** Its site changed or withdrew the article, or a person said so. */
  change_by: 'site' | 'person' | null
  /** The article's revision that was last looked at for an edit. */
  change_revision: Generated<number>
  change_due_at: MaybeMoment
  /** When it first could go: its 24 hours count from here. */
  change_first_due_at: MaybeMoment
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
  syndication: MaybeJson<Syndication>
  /** It was taken down, or is found gone; what stands of a thread has none. */
  removed_at: MaybeMoment
}

/**
 * A picture of a part, as it is sent: by its number among the draft's images, 0 of a card. `ref` once it is uploaded;
 * the bytes are kept until the post stands, since the same bytes give the same reference.
 */
export interface PicturesTable {
  delivery_id: number
  position: number
  number: number
  bytes: Buffer | null
  ref: MaybeJson<MediaRef>
  /** Uploaded a second time, since the platform knew the first no more. */
  again: Generated<boolean>
  mime: string
  width: number
  height: number
  alt: string
}

export type Operation = 'publish' | 'look' | 'upload' | 'check' | 'edit' | 'delete'

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

/** Signed messages and what they told of, so that each acts once. */
export interface HookMessagesTable {
  id: string
  at: Moment
  article_id: number
}

export type NoticeKind =
  | 'rejected'
  | 'unauthorized'
  | 'uncertain'
  | 'held'
  | 'flood'
  | 'overdue'
  // an edit or a deletion that the platform refused
  | 'change'
  // a feed in which nothing known is left: some articles may have been missed
  | 'gap'

/** Something a person should know: about exactly one delivery, article, account or source. */
export interface NoticesTable {
  id: Generated<number>
  kind: NoticeKind
  delivery_id: number | null
  article_id: number | null
  account_id: number | null
  source_id: number | null
  raised_at: Moment
  told_at: MaybeMoment
  closed_at: MaybeMoment
}

export type DecisionKind =
  | 'approve'
  | 'retry'
  | 'cancel'
  | 'resolve'
  | 'delete'
  | 'pause'
  | 'resume'
/** By which way in somebody decided. */
export type Door = 'cli' | 'api' | 'bot' | 'page'

export interface DecisionsTable {
  id: Generated<number>
  at: Moment
  kind: DecisionKind
  who: string
  door: Door
  delivery_id: number | null
  article_id: number | null
  account_id: number | null
  /** The notice that it was decided on, where it was one for many. */
  notice_id: number | null
  from_state: string
  to_state: string
}

interface CountColumns {
  likes: number | null
  reposts: number | null
  replies: number | null
  quotes: number | null
  views: number | null
  rounded: ColumnType<('likes' | 'views')[], string | undefined, string>
}

/** The newest counts of a published delivery, and when it is counted next. */
export interface CountsTable extends CountColumns {
  delivery_id: number
  account_id: number
  published_at: Moment
  /** Null once nothing more is to be counted: old, or gone. */
  due_at: MaybeMoment
  /** The answer for many left it out: it is asked for by itself next. */
  alone: Generated<boolean>
  counted_at: MaybeMoment
  changed_at: MaybeMoment
}

/** Counts over time: a row only where something changed. */
export interface SamplesTable extends CountColumns {
  delivery_id: number
  at: Moment
}

/** How an account's counting stands: one round at a time, its own pace and waits. */
export interface CountingTable {
  account_id: number
  lease_until: MaybeMoment
  spent_until: MaybeMoment
  wait_until: MaybeMoment
  /** Calls that failed since one did not. */
  tries: Generated<number>
  problem: MaybeJson<DeliveryError>
}

/** One stream of updates a bot: who holds it. `bot` elsewhere is the same hash. */
export interface BotsTable {
  token_hash: string
  holder: string | null
  lease_until: MaybeMoment
}

export interface BotUpdatesTable {
  bot: string
  update_id: number
  at: Moment
}

/** People the bot has met; strangers are answered once. */
export interface BotPeopleTable {
  bot: string
  person: number
  language: string | null
  answered_at: MaybeMoment
  /** They blocked the bot; null again once they write. */
  blocked_at: MaybeMoment
}

/** Messages that are edited in place when what they show changes. */
export interface BotMessagesTable {
  bot: string
  chat: number
  message: number
  /** `a12`, `n5`, `queue`. */
  subject: string
  language: string
  /** A hash of what stands there, to know whether an edit would change anything. */
  shown: string
  at: Moment
}

/** Which notices each person was told. */
export interface BotToldTable {
  bot: string
  person: number
  notice_id: number
}

export interface WebPasswordTable {
  one: Generated<boolean>
  hash: string
  at: Moment
}

export interface WebSessionsTable {
  token_hash: string
  csrf: string
  started_at: Moment
  seen_at: Moment
  /** Of the password it was opened with: another password ends it. */
  password_hash: string
}

export interface Ledger {
  hook_messages: HookMessagesTable
  notices: NoticesTable
  decisions: DecisionsTable
  counts: CountsTable
  samples: SamplesTable
  counting: CountingTable
  bots: BotsTable
  bot_updates: BotUpdatesTable
  bot_people: BotPeopleTable
  bot_messages: BotMessagesTable
  bot_told: BotToldTable
  web_password: WebPasswordTable
  web_sessions: WebSessionsTable
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
