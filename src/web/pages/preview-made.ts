import { configuredAccounts } from '../../accounts/ledger.ts'
import { limitsOf } from '../../accounts/limits.ts'
import { type FeedPreview, previewFeed } from '../../deliveries/preview-feed.ts'
import { type PreviewAccount, previewPosts } from '../../deliveries/preview.ts'
import { platforms } from '../../platforms/registry.ts'
import type { Db } from '../../store/store.ts'
import { hostOf } from '../address.ts'
import type { Web } from '../routes.ts'
import { type Asked, readSubject } from './preview-subject.ts'

/** More of a feed would make the page heavy. */
const MOST_ARTICLES = 50
const MOST_PICTURES = 80
/** A picture as a column shows it. */
const small = { bytes: 60_000, width: 720, height: 720 }

/** What there is to show: the posts, and what people call accounts and sites. */
export interface Made extends FeedPreview {
  handles: ReadonlyMap<string, string>
  /** By host. */
  sites: ReadonlyMap<string, string>
  /** Small ones, as `data:` addresses, by where they came from: the browser asks nobody for them. */
  pictures: ReadonlyMap<string, string>
}

/**
 * The posts that what was asked for would become, on every account; nothing is kept or sent. Of a feed 50 articles,
 * and what was done when `signal` said stop. Throws the problems of reading.
 */
export async function makePreview(web: Web, asked: Asked, signal: AbortSignal): Promise<Made> {
  const { store, fetch, reading, publishing } = web
  const rows = await configuredAccounts(store.db)
  const accounts = rows.map((row): PreviewAccount => {
    const { name, platform } = row
    const unknown = row.limits === null && platforms[platform].ownLimits
    return { name, platform, limits: unknown ? null : limitsOf(row) }
  })
  const handles = new Map(rows.map(({ name, title }) => [name, title ?? name]))
  const sites = await siteNames(store.db)
  const { pictures, seen } = gatherPictures()
  const means = { fetch, templates: publishing.templates, signal, seen }
  const subject = await readSubject(asked, { fetch, reading, signal })
  if ('article' in subject) {
    const { article } = subject
    const previews = [{ article, posts: await previewPosts(article, accounts, means) }]
    return { previews, problems: [], leftOut: 0, handles, sites, pictures }
  }
  const options = { ...means, most: MOST_ARTICLES, junkOf: reading.junkOf }
  const found = await previewFeed(subject.feed.items, accounts, options)
  return { ...found, handles, sites, pictures }
}

async function siteNames(db: Db): Promise<Map<string, string>> {
  const rows = await db.selectFrom('sources').select(['url', 'title']).execute()
  return new Map(
    rows.flatMap(({ url, title }) => (title === null ? [] : [[hostOf(url), title] as const])),
  )
}

/** Makes the pictures of a preview small enough to stand in the page itself. */
function gatherPictures() {
  const pictures = new Map<string, string>()
  const seen = async (url: string, { bytes }: { bytes: Uint8Array }) => {
    if (pictures.has(url) || pictures.size >= MOST_PICTURES) return
    const { shrink } = await import('../../images/shrink.ts')
    const picture = await shrink(bytes, small, url)
    const base64 = Buffer.from(picture.bytes).toString('base64')
    pictures.set(url, `data:${picture.mime};base64,${base64}`)
  }
  return { pictures, seen }
}
