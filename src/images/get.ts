import type { GuardedFetch } from '../net/fetch.ts'
import { shrink, type Ready } from './shrink.ts'
import type { Cap } from './size.ts'

export type { Cap, Ready }

/** How a picture is fetched, and what it must fit into. */
export interface PictureOptions {
  fetch: GuardedFetch
  cap: Cap
  signal?: AbortSignal
}

/** A photograph as cameras write it is shrunk rather than refused. */
const maxBytes = 30 * 1024 * 1024
/** A post does not wait longer than this for a picture. */
const timeoutMs = 15_000
const accept = 'image/jpeg,image/png,image/webp,image/gif;q=0.9,image/avif;q=0.9,image/*;q=0.5'

/**
 * The picture at an address as a JPEG that fits the cap. Throws a `Problem`: `picture-empty`, `picture-is-page`,
 * `picture-is-drawing`, `picture-broken`, `picture-unreadable`, `picture-too-large`, `picture-too-long`, and those
 * of the fetch (30 MB, 15 s). `isFleeting` tells which may mend soon.
 */
export async function getPicture(
  url: string,
  { fetch, cap, signal }: PictureOptions,
): Promise<Ready> {
  const answer = await fetch.get(url, {
    accept,
    maxBytes,
    timeoutMs,
    ...(signal && { signal }),
  })
  const picture = await inTurn(async () => {
    signal?.throwIfAborted()
    return shrink(answer.bytes, cap, url)
  })
  signal?.throwIfAborted()
  return picture
}

let turn: Promise<unknown> = Promise.resolve()

/** One after the other: a picture that is decoded takes the most memory of all that we do. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = turn.then(work)
  turn = done.catch(() => {})
  return done
}
