export type ErrorKind = 'rejected' | 'unauthorized' | 'rate-limited' | 'unavailable' | 'uncertain'

/** What of a post a platform may refuse though it would take the rest; `uploads`: it knows them no more. */
export type Culprit = 'formatting' | 'pictures' | 'uploads'

/**
 * A platform's refusal or silence, rebuilt from what the client library threw: never passed on, since
 * libraries put tokens into their messages. `reason` is the platform's own words, without secrets.
 */
export class PlatformError extends Error {
  readonly kind: ErrorKind
  readonly reason: string
  /** When to try again, where the platform said so. */
  readonly retryAt: Date | null
  /** The wanted state already holds: count as success. */
  readonly done: boolean
  /** The HTTP status of the answer, where there was one. */
  readonly status: number | null
  /** Whether the platform itself put it into words; a page, or nothing, may come from somebody in between. */
  readonly worded: boolean
  /** What the call was about stands no more. */
  readonly gone: boolean
  /** What alone it was refused for: the same post without it may be taken. */
  readonly culprit: Culprit | null

  constructor(
    kind: ErrorKind,
    reason: string,
    more: {
      retryAt?: Date | null
      done?: boolean
      status?: number | null
      worded?: boolean
      culprit?: Culprit | null
      gone?: boolean
    } = {},
  ) {
    super(`${kind}: ${reason}`)
    this.name = 'PlatformError'
    this.kind = kind
    this.reason = reason
    this.retryAt = more.retryAt ?? null
    this.done = more.done ?? false
    this.status = more.status ?? null
    this.worded = more.worded ?? false
    this.gone = more.gone ?? false
    this.culprit = more.culprit ?? null
  }
}

/** What is no platform's answer but a bug of ours, as an error of that kind: its own words stay in the log. */
export function asPlatformError(thrown: unknown, kind: 'uncertain' | 'unavailable'): PlatformError {
  if (thrown instanceof PlatformError) return thrown
  const name = thrown instanceof Error ? thrown.name : 'unknown'
  return new PlatformError(kind, `internal error (${name})`)
}
