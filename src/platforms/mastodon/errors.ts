import { z } from 'zod'
import type { PlatformError } from '../error.ts'
import { type Failure, judge, type Row } from '../failure.ts'

/**
 * Answers of Mastodon and its kin. Messages follow the server's language, so statuses decide and words only
 * where one status means several things.
 */
const rows: readonly Row[] = [
  { status: 403, words: 'action is not allowed', kind: 'rejected' },
  { status: 422, words: 'requires an authenticated user', kind: 'unauthorized' },
  { status: 422, words: 'not finished processing', kind: 'unavailable' },
  { status: 422, words: 'already attached', kind: 'uncertain', operation: 'publish' },
  { status: 422, words: 'cannot attach', kind: 'rejected', culprit: 'pictures' },
  { status: 500, words: 'error processing thumbnail', kind: 'rejected', culprit: 'pictures' },
  // Pixelfed: the key was used before; Pleroma: the same request is still at work
  { status: 400, words: 'duplicate idempotency key', kind: 'uncertain' },
  { status: 409, kind: 'uncertain' },
]

/** What masto throws for an answer in JSON. */
const answer = z.object({ statusCode: z.number(), message: z.string().min(1) })

/** A failed call as `PlatformError`. The status comes from the wire: masto loses it where no JSON came. */
export function classify(failure: Omit<Failure, 'words'>): PlatformError {
  return judge(rows, { ...failure, words: answer.safeParse(failure.thrown).data?.message ?? null })
}
