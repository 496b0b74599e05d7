import { z } from 'zod'
import type { Draft, Facet } from '../../posts/post.ts'
import { PlatformError } from '../error.ts'
import { lettersOf, sameAddress } from '../letters.ts'
import type { Syndication } from '../platform.ts'
import type { Api } from './api.ts'
import { type Content, contentOf } from './content.ts'
import { ownAccountOf } from './standing.ts'
import { status, syndicationOf } from './status.ts'

/** The most that a server gives at once. */
const PAGE = 40
/** An account that posts more than this since a lost answer cannot be searched. */
const PAGES = 5
/** A server's clock may run behind ours by this much, and may keep whole seconds only. */
const SKEW_MS = 5000

/**
 * Looks for a draft among the account's own posts since a moment, newest first: the same link and the same
 * words. «cannot look» where the token may not read, or the moment lies too many posts ago.
 */
export async function find(
  api: Api,
  draft: Draft,
  since: Date,
  signal: AbortSignal,
): Promise<Syndication | 'absent' | 'cannot look'> {
  const wanted = wantedOf(draft)
  const from = since.getTime() - SKEW_MS
  try {
    const { id } = await ownAccountOf(api, signal)
    let maxId: string | undefined
    for (let page = 0; page < PAGES; page++) {
      const posts = await listOf(api, id, maxId, signal)
      const recent = posts.filter((post) => post.createdAt.getTime() >= from)
      for (const post of recent) {
        if (matches(await contentOf(post.content, wanted.links), wanted)) return syndicationOf(post)
      }
      if (posts.length === 0 || recent.length < posts.length) return 'absent'
      maxId = posts.at(-1)?.id
    }
    return 'cannot look'
  } catch (error) {
    if (error instanceof PlatformError && error.kind === 'unauthorized') return 'cannot look'
    throw error
  }
}

function listOf(api: Api, id: string, maxId: string | undefined, signal: AbortSignal) {
  const params = { limit: PAGE, excludeReblogs: true, ...(maxId !== undefined && { maxId }) }
  return api.call(({ v1 }) => v1.accounts.$select(id).statuses.list(params), z.array(status), {
    operation: 'other',
    signal,
  })
}

interface Wanted {
  links: ReadonlySet<string>
  /** Without the links that the server makes, which it may show as it likes. */
  letters: string
  /** Without the names that are meant, too, which it shows without their host. Null where there are none. */
  unnamed: string | null
  all: string
}

function wantedOf(draft: Draft): Wanted {
  const facets = draft.facets.filter(({ kind }) => kind === 'link')
  const addresses = facets.map(({ start, end, value }) => value ?? draft.text.slice(start, end))
  const mentions = draft.facets.filter(({ kind }) => kind === 'mention')
  return {
    links: new Set(addresses.map(sameAddress)),
    letters: lettersOf(without(draft.text, facets)),
    unnamed:
      mentions.length === 0 ? null : lettersOf(without(draft.text, [...facets, ...mentions])),
    all: lettersOf(draft.text),
  }
}

function without(text: string, facets: readonly Facet[]): string {
  return facets
    .toSorted((a, b) => b.start - a.start)
    .reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text)
}

/** The same words and links; or the very same text, where the server makes no link of what looks like one. */
function matches(content: Content, wanted: Wanted): boolean {
  if (content.all === wanted.all) return true
  if (content.links.size !== wanted.links.size) return false
  return content.letters === wanted.letters || content.unnamed === wanted.unnamed
}
