import type { Article } from '../articles/article.ts'
import type { Ready } from '../images/get.ts'
import { Problem } from '../locale/problem.ts'
import type { Fetched, GuardedFetch } from '../net/fetch.ts'
import type { Limits, PlatformId } from '../platforms/platform.ts'
import { platforms, type RegisteredPlatform } from '../platforms/registry.ts'
import type { Card, Draft, Image, Warning } from '../posts/post.ts'
import { type TemplateFile, writeDrafts } from './draft.ts'
import { lostWarning, type Wanted, wantedOf, withoutLost } from './wanted.ts'

/** What would be posted on one account: the public shape, `Preview` in the docs. */
export interface PostPreview {
  account: string
  platform: PlatformId
  /** Exactly what readers see of the first part. */
  text: string
  count: number
  limit: number
  language: string | null
  parts: Draft[]
  card: Card | null
  /** The first part's, as its card: those that can be had. */
  images: Image[]
  warnings: Warning[]
}

/** An account to preview for, with its own limits where they could be had. */
export interface PreviewAccount {
  name: string
  platform: PlatformId
  limits: Limits | null
}

/** What a preview is written with. Aborting `signal` gives the whole preview up. */
export interface PreviewMeans {
  templates: Readonly<Record<PlatformId, TemplateFile>>
  fetch: GuardedFetch
  signal?: AbortSignal
  /** Told of every picture as it would be sent, by the address it came from. */
  seen?(url: string, picture: Ready): Promise<void>
}

/**
 * The posts an article would become; written by what publishing uses, sent nowhere. Their pictures are fetched and
 * shrunk as publishing does: one that cannot be had is left out, with the warning that publishing would give. Throws
 * `Problem` where an account's limits leave no room for the article's address.
 */
export async function previewPosts(
  article: Article,
  accounts: readonly PreviewAccount[],
  means: PreviewMeans,
): Promise<PostPreview[]> {
  const own = { ...means, fetch: fetchingOnce(means.fetch) }
  return Promise.all(accounts.map((account) => previewPost(article, account, own)))
}

async function previewPost(
  article: Article,
  { name, platform: id, limits }: PreviewAccount,
  means: PreviewMeans,
): Promise<PostPreview> {
  const platform = platforms[id]
  const drafts = await writeDrafts(
    article,
    platform,
    limits ?? platform.limits,
    means.templates[id],
  ).catch((thrown: unknown) => {
    if (!(thrown instanceof Error) || thrown.name !== 'TemplateError') throw thrown
    throw new Problem('post-too-long', { account: name })
  })
  const looked = await Promise.all(drafts.map((draft) => lookedAt(draft, platform, means)))
  const parts = looked.map(({ draft }) => draft)
  const [first] = parts
  if (first === undefined) throw new Error(`no post for ${name}`)
  const { text, count, limit, language, card, images } = first
  const unknown: Warning[] = limits === null ? [{ kind: 'limits-unknown' }] : []
  const warnings = looked.flatMap((one) => [...one.draft.warnings, ...one.warnings])
  return {
    account: name,
    platform: id,
    text,
    count,
    limit,
    language,
    parts,
    card,
    images,
    warnings: [...unknown, ...withoutLostOnes(warnings)],
  }
}

/** Of a picture that stays away nothing else is to be said. */
function withoutLostOnes(warnings: readonly Warning[]): Warning[] {
  const lost = warnings.flatMap(({ kind, about }) => (kind === 'no-picture' ? [about] : []))
  return warnings.filter(({ kind, about }) => kind !== 'no-alt' || !lost.includes(about))
}

async function lookedAt(draft: Draft, platform: RegisteredPlatform, means: PreviewMeans) {
  const found = await Promise.all(wantedOf(draft, platform).map((one) => warningOf(one, means)))
  const warnings = found.flat()
  return { draft: withoutLost(draft, warnings, platform), warnings }
}

/** What publishing would say of a picture; nothing where it is as it should be. */
async function warningOf(
  wanted: Wanted,
  { fetch, signal, seen }: PreviewMeans,
): Promise<Warning[]> {
  const { getPicture } = await import('../images/get.ts')
  const { url, cap } = wanted
  try {
    const picture = await getPicture(url, { fetch, cap, ...(signal && { signal }) })
    await seen?.(url, picture)
    return picture.still ? [{ kind: 'still-picture', about: url }] : []
  } catch (error) {
    signal?.throwIfAborted()
    if (!(error instanceof Problem)) throw error
    return [lostWarning(wanted)]
  }
}

/** Asks for an address one time: several platforms want the same picture. */
function fetchingOnce(fetch: GuardedFetch): GuardedFetch {
  const asked = new Map<string, Promise<Fetched>>()
  return {
    ...fetch,
    get: (url, options) => {
      const answer = asked.get(url) ?? fetch.get(url, options)
      asked.set(url, answer)
      return answer
    },
  }
}
