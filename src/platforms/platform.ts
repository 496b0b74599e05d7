import type { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Cost, Draft, Manner, Part } from '../posts/post.ts'

export type PlatformId = 'telegram' | 'bluesky' | 'mastodon'

/** What an account may write, in the platform's own units. */
export interface Limits {
  /** Longest text, in the platform's unit of counting. */
  text: number
  /** Longest text in bytes of UTF-8, where the platform has such a limit. */
  bytes?: number
  /** What any link costs, where the platform counts links at a fixed price. */
  link?: number
  /** Most images of a post; longest text beside them, where that is shorter; longest description of one. */
  images?: number
  caption?: number
  alt?: number
}

/** How often an account may post: one call each `everyMs`, `burst` at once after a rest. */
export interface Pace {
  everyMs: number
  burst: number
}

/**
 * What may be done when the answer to a publishing call was lost.
 * `again`: the same call changes nothing where the post stands. `look`: ask the platform first, `afterMs` later.
 * A post counts as absent once `times` looks, `afterMs` apart, did not see it. `ask`: only a person can tell.
 */
export type Replay =
  | { by: 'again' }
  | { by: 'look'; afterMs: number; times: number }
  | { by: 'ask' }

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
  /** Telegram: the text is a picture's caption, and is edited as one. */
  caption?: true
}

/** How many calls a platform still allows, as it said last. */
export interface Allowance {
  limit: number
  remaining: number
  /** When the count begins anew. */
  resetsAt: Date
}

/** An uploaded picture, as the platform wants it named in the post. Plain JSON, kept in the ledger. */
export type MediaRef = Readonly<Record<string, unknown>>

/** A picture ready to upload: bytes of a real JPEG under the platform's cap. `alt` may be empty. */
export interface Upload {
  bytes: Uint8Array
  mime: string
  width: number
  height: number
  alt: string
}

/** A picture that was uploaded before the post that names it. */
export interface Uploaded {
  ref: MediaRef
  width: number
  height: number
  alt: string
}

/** The most that a picture may be: bytes of the file, pixels of its sides, of both together, the longer by the shorter. */
export interface PictureCap {
  bytes: number
  width: number
  height: number
  sum?: number
  ratio?: number
}

/** What a publishing call takes besides the draft. */
export interface Publication {
  /** The part's delivery key, made by `newKey` and stored before the first call. */
  key: string
  /** Fixed with the key at the first attempt. */
  createdAt: Date
  /** The part before, in a thread; `root` is the thread's first. */
  replyTo: { root: Syndication; parent: Syndication } | null
  /**
   * The draft's pictures, in their order: its images, where it has any, else its card's one. What could not be had
   * is not among them. Bytes only where they ride in the publishing call (`pictures.uploads` is false).
   */
  media: readonly (Uploaded | Upload)[]
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
  /** Uploads one picture, by one call. Only where `Platform.pictures.uploads` is set. */
  upload(image: Upload, signal: AbortSignal): Promise<MediaRef>
  /** Waits until the platform has processed an upload. Throws `rejected` where it cannot, or knows it no more. */
  processed(ref: MediaRef, signal: AbortSignal): Promise<void>
  /**
   * The draft with what only the platform knows: whom its mentions mean. A mention of nobody becomes plain text
   * and a warning. Asked once, before the first publishing call, and only where a draft has mentions.
   */
  resolve(draft: Draft, signal: AbortSignal): Promise<Draft>
  /** One part, one call, never repeated by itself. */
  publish(draft: Draft, publication: Publication, signal: AbortSignal): Promise<Syndication>
  /**
   * Makes what stands say what the draft says; `publication` is as it was sent, with the references of its pictures,
   * which stay. Said twice it changes nothing. Throws `rejected`, with `gone` where it stands no more.
   */
  edit(
    syndication: Syndication,
    draft: Draft,
    publication: Publication,
    signal: AbortSignal,
  ): Promise<Syndication>
  /** Takes down what stands; gone already is done. Throws `rejected` where it may not be any more. */
  remove(syndication: Syndication, signal: AbortSignal): Promise<void>
  /** What the platform said last of how many publishing calls remain; null where it never says. */
  allowance(): Allowance | null
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
  /**
   * The biggest picture of a card, null where the platform makes the card itself; the biggest of the post's own;
   * whether an upload is a call of its own, or the bytes ride in the publishing call.
   */
  readonly pictures: { card: PictureCap | null; image: PictureCap; uploads: boolean }
  /** What of a post's manner it has. */
  readonly manners: readonly (keyof Manner)[]
  /** What a finished text costs here, with the content warning above it. Pure. */
  measure(text: string, limits: Limits, contentWarning?: string | null): Cost
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
