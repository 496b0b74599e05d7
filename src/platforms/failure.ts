import type { Trace } from '../net/wire.ts'
import { PlatformError, type Culprit, type ErrorKind } from './error.ts'

/** Repeating a publishing call can double a post; repeating anything else is harmless. */
export type Operation = 'publish' | 'other'

/** What one kind of answer means. A row without `words` covers its whole status. */
export interface Row {
  status: number
  /** Characteristic words, compared without regard to case. */
  words?: string
  kind: ErrorKind
  /** Only of such a call; else of any. */
  operation?: Operation
  done?: true
  /** What the call was about stands no more. */
  gone?: true
  /** What alone such a post was refused for. */
  culprit?: Culprit
}

/** What is known of a failed call. */
export interface Failure {
  operation: Operation
  trace: Trace
  /** What the client library threw: only codes and names are read from it. */
  thrown: unknown
  /** The platform's own words, where its own JSON could be read. */
  words: string | null
  /** When the platform said to come back, where that stood in the body. */
  retryAt?: Date | null
  /** What any refusal of this very call is for, where no row says so. */
  culprit?: Culprit
  /** Never to be seen in a reason. */
  secrets: readonly string[]
  now: Date
}

/**
 * A failed call by its platform's table: the first row that fits, else the general rule. Not sent:
 * unavailable. Sent without a usable answer: uncertain when publishing, else unavailable.
 */
export function judge(rows: readonly Row[], failure: Failure): PlatformError {
  const { trace, words, operation, secrets } = failure
  const error = (kind: ErrorKind, reason: string, more = {}) =>
    new PlatformError(
      kind === 'uncertain' && operation === 'other' ? 'unavailable' : kind,
      presentable(reason, secrets),
      more,
    )
  if (!trace.sent) return error('unavailable', codeOf(failure.thrown))
  if (trace.status === null) return error('uncertain', codeOf(failure.thrown))
  const row = rows.find((each) => fits(each, failure))
  const kind = row?.kind ?? kindOf(trace.status)
  const retryAt =
    kind === 'rate-limited' ? (failure.retryAt ?? retryMoment(trace.headers, failure.now)) : null
  return error(kind, words || `HTTP ${trace.status}`, {
    retryAt,
    done: row?.done ?? false,
    gone: row?.gone ?? false,
    status: trace.status,
    worded: Boolean(words),
    culprit: kind === 'rejected' ? (row?.culprit ?? failure.culprit ?? null) : null,
  })
}

function fits(row: Row, { operation, trace, words }: Failure): boolean {
  if (row.status !== trace.status) return false
  if (row.operation !== undefined && row.operation !== operation) return false
  return row.words === undefined || (words ?? '').toLowerCase().includes(row.words.toLowerCase())
}

/** The general rule for a status. A redirect carried nothing out; a 408 may have come too late. */
function kindOf(status: number): ErrorKind {
  if (status === 429) return 'rate-limited'
  if (status === 401 || status === 403) return 'unauthorized'
  if (status >= 300 && status < 400) return 'unavailable'
  if (status >= 400 && status < 500 && status !== 408) return 'rejected'
  return 'uncertain'
}

/**
 * When to come back by the usual headers: `Retry-After` (seconds or a date), `RateLimit-Reset` (Unix
 * seconds), `X-RateLimit-Reset` (ISO 8601). Null where none can be read.
 */
function retryMoment(headers: Readonly<Record<string, string>>, now: Date): Date | null {
  const after = headers['retry-after']
  if (after !== undefined) return secondsFrom(now, after) ?? momentOf(after)
  return resetMoment(headers['ratelimit-reset'] ?? headers['x-ratelimit-reset'])
}

/** When a count begins anew, by the header that says so: Unix seconds, or ISO 8601. Null where it cannot be read. */
export function resetMoment(reset: string | undefined): Date | null {
  if (reset === undefined) return null
  return secondsFrom(new Date(0), reset) ?? momentOf(reset)
}

/** A number of seconds after a moment; null where it is none. */
export function secondsFrom(start: Date, seconds: string | number): Date | null {
  const wait = typeof seconds === 'number' || /^\d+$/.test(seconds) ? Number(seconds) : Number.NaN
  return valid(new Date(start.getTime() + wait * 1000))
}

function momentOf(text: string): Date | null {
  return valid(new Date(text))
}

function valid(date: Date): Date | null {
  return Number.isNaN(date.getTime()) ? null : date
}

/** The network's own name for what happened: `ECONNREFUSED`, `TimeoutError`; the innermost that is known. */
function codeOf(thrown: unknown): string {
  const names: string[] = []
  for (let error = thrown, depth = 0; error instanceof Error && depth < 6; depth++) {
    const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause
    const code = 'code' in error && typeof error.code === 'string' ? error.code : null
    names.push(code ?? error.name)
    error = inner
  }
  return names.findLast((name) => name !== 'Error' && name !== 'TypeError') ?? 'no answer'
}

/** Longest reason kept, in UTF-16 units: a platform's words, not a page. */
const REASON = 300

/** Words of a platform fit for people: one line, bounded, without secrets. */
function presentable(text: string, secrets: readonly string[]): string {
  const clear = secrets
    .filter((secret) => secret !== '')
    .reduce((rest, secret) => rest.replaceAll(secret, '…'), text)
    .replace(/\beyJ[\w-]*\.[\w-]+\.[\w-]*/g, '…')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  return clear.length > REASON ? `${clear.slice(0, REASON).toWellFormed()}…` : clear
}
