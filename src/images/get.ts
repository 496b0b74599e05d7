import { Problem } from '../locale/problem.ts'
import type { GuardedFetch } from '../net/fetch.ts'
import { shrink, type Cap, type Thumbnail } from './shrink.ts'

/** How a picture is fetched, and what it must fit into. */
export interface ThumbnailOptions {
  fetch: GuardedFetch
  cap: Cap
  signal?: AbortSignal
}

/**
 * The picture at an address as a small JPEG that fits the cap. Throws a `Problem`: `picture-unreadable`,
 * `picture-too-large`, and those of the fetch (10 MB, 30 s).
 */
export async function getThumbnail(
  url: string,
  { fetch, cap, signal }: ThumbnailOptions,
): Promise<Thumbnail> {
  const accept = 'image/jpeg,image/png,image/webp,image/gif;q=0.9,image/avif;q=0.9,image/*;q=0.5'
  const answer = await fetch.get(url, { accept, ...(signal && { signal }) })
  if (answer.bytes.byteLength === 0) throw new Problem('picture-unreadable', { address: url })
  return shrink(answer.bytes, cap, url)
}
