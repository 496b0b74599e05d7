import type { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Cost, Draft, Part } from '../posts/post.ts'

export type PlatformId = 'telegram' | 'bluesky' | 'mastodon'

/** What an account may write, in the platform's own units. */
export interface Limits {
  /** Longest text, in the platform's unit of counting. */
  text: number
  /** Longest text in bytes of UTF-8, where the platform has such a limit. */
  bytes?: number
  /** What any link costs, where the platform counts links at a fixed price. */
  link?: number
}

/** How often an account may post: one call each `everyMs`, `burst` at once after a rest. */
export interface Pace {
  everyMs: number
  burst: number
}

/**
 * What may be done when the answer to a publishing call was lost.
 * `again`: the same call changes nothing where the post stands. `look`: ask the platform first, `afterMs` later.
 * `ask`: only a person can tell.
 */
export type Replay = { by: 'again' } | { by: 'look'; afterMs: number } | { by: 'ask' }

/** An account's credentials, and which environment settings are their shorthand. */
export interface CredentialsSpec<C> {
  readonly schema: z.ZodType<C>
  /** Environment setting → key in `crieur.yaml`. */
  readonly settings: Readonly<Record<string, keyof C & string>>
  /** Settings that must be there for the account to be one. */
  readonly required: readonly string[]
}

/** Who an account is and what it may do, as the platform itself says. */
export interface Standing {
  /** Remote identity: chat id, DID, acct@host. */
  identity: string
  /** What people call it: @channel, handle, @user@host. */
  title: string
  /** Where readers find it, where there is such a place. */
  url: string | null
  limits: Limits
}

/** The published copy of one part: what later calls need. Plain JSON, kept in the ledger. */
export interface Syndication {
  /** Message id, record address, status id. */
  id: string
  /** Where readers find it; null where nobody can (a private channel). */
  url: string | null
  /** Bluesky's content hash, which replies must name. */
  cid?: string
}

/** An uploaded picture, as the platform wants it named in the post. Plain JSON, kept in the ledger. */
export type MediaRef = Readonly<Record<string, unknown>>

/** A picture ready to upload: bytes of a real JPEG or PNG under the platform's cap. */
export interface Upload {
  bytes: Uint8Array
  mime: string
  width: number
  height: number
  alt: string
}

/** What a publishing call takes besides the draft. */
export interface Publication {
  /** The part's delivery key, made by `newKey` and stored before the first call. */
  key: string
  /** Fixed with the key at the first attempt. */
  createdAt: Date
  /** The part before, in a thread; `root` is the thread's first. */
  replyTo: { root: Syndication; parent: Syndication } | null
  /** The card's uploaded thumbnail, where the platform takes one. */
  thumbnail: MediaRef | null
}

/** What a connection must remember between processes (a session), one holder at a time. */
export interface Vault {
  /** What was saved last; undefined where nothing was. Does not wait for the holder. */
  read(): Promise<unknown>
  /** Waits until nobody else holds the vault, then hands over what is kept now and the right to save. */
  hold<T>(work: (kept: unknown, save: (value: unknown) => Promise<void>) => Promise<T>): Promise<T>
}

/** What readers did with a published part, as its platform tells it. Null where it cannot be known, never 0 for that. */
export interface Counts {
  /** Telegram: all its reactions together. */
  likes: number | null
  reposts: number | null
  replies: number | null
  quotes: number | null
  views: number | null
  /** Which of them the platform only tells rounded («1.2K»). */
  rounded: readonly ('likes' | 'views')[]
}

/** `unknown`: the answer says nothing of this one, and proves nothing. `gone`: it surely stands no more. */
export type Counted = Counts | 'gone' | 'unknown'

/** Who an account is, as far as an address of one of its posts must agree with it. */
export type Identity = Pick<Standing, 'identity' | 'title' | 'url'>

/** A live way to one account. Every call takes a signal that carries its deadline; errors are `PlatformError`. */
export interface Connection {
  /** Identity, rights and limits. Throws `unauthorized` where the account may not post. */
  check(signal: AbortSignal): Promise<Standing>
  /** Uploads one picture for the card. Only where `Platform.thumbnail` is set. */
  upload(image: Upload, signal: AbortSignal): Promise<MediaRef>
  /** One part, one call, never repeated by itself. */
  publish(draft: Draft, publication: Publication, signal: AbortSignal): Promise<Syndication>
  /** Is this draft among our own posts since that moment? Used after a lost answer. `key` is its delivery key. */
  find(
    draft: Draft,
    since: Date,
    signal: AbortSignal,
    key?: string,
  ): Promise<Syndication | 'absent' | 'cannot look'>
  /**
   * What readers did with these, in their order, by one call. May answer fewer than it was asked, where the
   * server takes less at once: the rest is asked for again. One that a batch leaves out is `unknown`; asked for
   * alone it is looked for where it must be if it stands, and only that can say `gone` (a second call then).
   */
  engagement(syndications: readonly Syndication[], signal: AbortSignal): Promise<Counted[]>
  /** Lets go of sockets. */
  close(): Promise<void>
}

/** A place Crieur posts to. Importing one loads no client library; `connect` does. */
export interface Platform<C> {
  readonly id: PlatformId
  readonly credentials: CredentialsSpec<C>
  /** Used until the account's own are known. */
  readonly limits: Limits
  /** Whether limits differ from account to account and must be asked for (Mastodon's instances). */
  readonly ownLimits: boolean
  readonly pace: Pace
  readonly replay: Replay
  /** How many posts one counting call asks for, and how often such a call may be made (not publishing's pace). */
  readonly counting: { atOnce: number; pace: Pace }
  /** The biggest picture a card may carry when we send it ourselves; null where the platform makes the card. */
  readonly thumbnail: { bytes: number; width: number; height: number } | null
  /** What a finished text costs here. Pure. */
  measure(text: string, limits: Limits): Cost
  /** The hashtag (without `#`) for a name as a CMS has it, or null where no valid one exists. Pure. */
  hashtag(name: string): string | null
  /** A fitted part as it goes over the wire. Pure. */
  render(part: Part, limits: Limits): Draft
  /**
   * The post that a person says stands at this address, if it can be one of this account's; null where not.
   * Pure: whether it really stands there nobody is asked.
   */
  postAt(url: string, account: Identity): Syndication | null
  /** A new delivery key for one part; time in and randomness in, so that it can be stored before the call. */
  newKey(now: Date, random: () => number): string
  /** `clock` turns a wait that the platform asks for into a moment. */
  connect(credentials: C, vault: Vault, clock?: Clock): Promise<Connection>
}

/** How long a connection to a platform may take to stand: DNS, TCP and TLS together. */
export const CONNECT_MS = 10_000
