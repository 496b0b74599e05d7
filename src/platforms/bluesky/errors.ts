import { z } from 'zod'
import { PlatformError, type Culprit } from '../error.ts'
import { type Failure, judge, type Row } from '../failure.ts'

/** What of a record alone was refused; servers and lexicons write a place with stops or with slashes. */
const blamed: readonly [words: string, culprit: Culprit][] = [
  ['blob too big', 'pictures'],
  ['a blob of type', 'pictures'],
  ['InvalidMimeType:', 'pictures'],
  ['InvalidSize:', 'pictures'],
  ['embed.images', 'pictures'],
  ['embed/images', 'pictures'],
  ['external.thumb', 'pictures'],
  ['external/thumb', 'pictures'],
  ['record.facets', 'formatting'],
  ['record/facets', 'formatting'],
]

/** XRPC answers by their error names; `words` are «Name: message». */
const rows: readonly Row[] = [
  { status: 400, words: 'ExpiredToken:', kind: 'unauthorized' },
  { status: 400, words: 'InvalidToken:', kind: 'unauthorized' },
  { status: 400, words: 'BlobNotFound:', kind: 'rejected', culprit: 'uploads' },
  ...blamed.map(([words, culprit]): Row => ({ status: 400, words, kind: 'rejected', culprit })),
  // the message: the client names a proxy's 503 NotEnoughResources too
  { status: 503, words: 'Not Enough Resources', kind: 'unavailable' },
]

/** What @atproto/xrpc throws for an answer in the protocol's own JSON. */
const answer = z.object({
  error: z.string(),
  message: z.string(),
  headers: z.record(z.string(), z.string()),
})

/** A failed XRPC call as `PlatformError`. One of ours, thrown on the way (a refused login), passes through. */
export function classify(failure: Omit<Failure, 'words'>): PlatformError {
  const { thrown } = failure
  if (thrown instanceof PlatformError) return thrown
  if (thrown instanceof Error && thrown.cause instanceof PlatformError) return thrown.cause
  return judge(rows, { ...failure, words: wordsOf(thrown) })
}

function wordsOf(thrown: unknown): string | null {
  const said = answer.safeParse(thrown).data
  return said === undefined ? null : `${said.error}: ${said.message}`
}

/** What of a record alone a refusal in such words is for, where it can be left out. */
export function culpritOf(reason: string): Culprit | null {
  const said = reason.toLowerCase()
  return blamed.find(([words]) => said.includes(words.toLowerCase()))?.[1] ?? null
}

/** True where the platform said that there is no such record. */
export function isAbsent(thrown: unknown): boolean {
  return answer.safeParse(thrown).data?.error === 'RecordNotFound'
}

/** True where another record stands under the key than was thought, or none. */
export function isSwapped(error: unknown): boolean {
  return error instanceof PlatformError && error.reason.startsWith('InvalidSwap:')
}

/** Answers that a new session can mend; an account that was taken down or switched off cannot be. */
export async function wantsNewSession(response: Response): Promise<boolean> {
  if (response.status !== 400 && response.status !== 401) return false
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null)
  const name = z.object({ error: z.string() }).safeParse(body).data?.error
  if (name === 'ExpiredToken' || name === 'InvalidToken') return true
  return response.status === 401 && !name?.startsWith('Account')
}
