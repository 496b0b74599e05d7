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

/** What there is to show: the posts, and what people call accounts and sites. */
export interface Made extends FeedPreview {
  handles: ReadonlyMap<string, string>
  /** By host. */
  sites: ReadonlyMap<string, string>
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
  const means = { fetch, templates: publishing.templates, signal }
  const subject = await readSubject(asked, { fetch, reading, signal })
  if ('article' in subject) {
    const { article } = subject
    const previews = [{ article, posts: await previewPosts(article, accounts, means) }]
    return { previews, problems: [], leftOut: 0, handles, sites }
  }
  const options = { ...means, most: MOST_ARTICLES, junkOf: reading.junkOf }
  const found = await previewFeed(subject.feed.items, accounts, options)
  return { ...found, handles, sites }
}

async function siteNames(db: Db): Promise<Map<string, string>> {
  const rows = await db.selectFrom('sources').select(['url', 'title']).execute()
  return new Map(
    rows.flatMap(({ url, title }) => (title === null ? [] : [[hostOf(url), title] as const])),
  )
}
