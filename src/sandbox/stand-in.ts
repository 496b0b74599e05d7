import type { PlatformId } from '../platforms/platform.ts'

/** A picture as it arrived; its bytes are not kept. Sides in pixels, `bytes` the size of the file. */
export interface KeptPicture {
  mime: string
  width: number
  height: number
  bytes: number
  /** Null where the platform knows no descriptions; '' where none was given. */
  alt: string | null
}

/**
 * One post as a stand-in keeps it: what arrived over the wire, unchanged, and what the platform made of it.
 */
export interface KeptPost {
  platform: PlatformId
  /** Message id, record address, status id. */
  id: string
  url: string
  /** ISO 8601: when it arrived. */
  at: string
  /** The parsed request: sendMessage parameters, the record, the status parameters. */
  wire: unknown
  /** What readers see of pictures, in their order: a photo, images or the picture of a card, attachments. */
  pictures: KeptPicture[]
  /** How many requests asked for this very post (a repeated key or record raises it). */
  requests: number
  /** How many requests changed it after the first (another record under the same key). */
  edits: number
  /** ISO 8601: when it was changed last, where the platform tells. */
  editedAt?: string
}

/**
 * A mishap that a test orders. The first that matches a request is used up `times` times.
 * - `delay`: waits `ms`, then goes on; with `carriedOut` it waits between carrying out and answering.
 * - `drop-before`: the connection is cut before anything is carried out.
 * - `drop-after`: carried out, then the connection is cut without an answer.
 * - `cut-answer`: carried out, the answer stops in the middle.
 * - `answer`: not carried out (unless `carriedOut`), this status, headers and body instead.
 */
export interface Fault {
  kind: 'delay' | 'drop-before' | 'drop-after' | 'cut-answer' | 'answer'
  /** Part of the request's path that must occur: `sendMessage`, `putRecord`, `/api/v1/statuses`. */
  path: string
  method?: string
  times?: number
  ms?: number
  status?: number
  headers?: Record<string, string>
  body?: string
  carriedOut?: boolean
}

/** A request as it arrived, for tests that count them. Secrets are not kept. */
export interface Seen {
  /** ISO 8601. */
  at: string
  method: string
  /** With its query; tokens are struck out. */
  path: string
}

/** A strict stand-in platform on loopback: refuses what the real one refuses, keeps what it accepted. */
export interface StandIn {
  platform: PlatformId
  /** `http://127.0.0.1:PORT` */
  url: string
  /** What stands, oldest first. */
  posts(): KeptPost[]
  /** What stood and was deleted, through the API or by hand. */
  removed(): KeptPost[]
  seen(): Seen[]
  fault(fault: Fault): void
  close(): Promise<void>
}

/** How a stand-in is started. Without `file` it keeps its posts in memory only. */
export interface StandInOptions {
  /** 0: any free port. */
  port: number
  /** JSON lines, appended at each change and read at start, so that posts outlive the process. */
  file: string | null
}
