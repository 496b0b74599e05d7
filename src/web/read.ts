import type { App } from '../app.ts'
import type { ArticleRow } from '../articles/ledger.ts'
import { writeDrafts } from '../deliveries/draft.ts'
import { isSettled } from '../deliveries/settled.ts'
import { deliveries, type DeliveryWithPost } from '../deliveries/view.ts'
import type { Limits, PlatformId } from '../platforms/platform.ts'
import type { Store } from '../store/store.ts'

/** More would make the page heavy; whoever has more posts has long left the sandbox. */
export const MOST = 300
/** What is to be read or announced sooner than this is waited for. */
const SOON_MS = 120_000

/** What the page needs of the program. */
export interface Reading {
  store: Pick<Store, 'db' | 'clock'>
  publishing: Pick<App['publishing'], 'templates'>
}

/** A delivery with its post, the account's own name, and what the account may write. */
export interface Told extends DeliveryWithPost {
  /** `@channel`, handle, `@user@host`; else the label in the files. */
  handle: string
}

/** An article and what became of it, in the order in which it was sent out. */
export interface Story {
  id: string
  url: string
  article: ArticleRow['article']
  /** The name of the feed that brought it. */
  site: string | null
  deliveries: Told[]
}

/** Everything to show, newest article first, and whether something is still about to happen. */
export interface Stories {
  stories: Story[]
  moving: boolean
}

/** Reads what was announced. What is not frozen yet is written as a preview would write it. */
export async function readStories(reading: Reading): Promise<Stories> {
  const { store } = reading
  const told = await deliveries(store.db, { newest: MOST })
  const stories = await storiesOf(reading, told)
  return { stories, moving: await isMoving(store, told) }
}

/** Reads one article with its posts. Null where there is none. */
export async function readStory(reading: Reading, id: number): Promise<Story | null> {
  const told = await deliveries(reading.store.db, { article: id })
  return (await storiesOf(reading, told, [id]))[0] ?? null
}

async function storiesOf(
  { store, publishing }: Reading,
  told: readonly DeliveryWithPost[],
  also: readonly number[] = [],
): Promise<Story[]> {
  const { db } = store
  const byArticle = Map.groupBy(told, ({ article }) => article)
  const ids = [...also, ...[...byArticle.keys()].map((id) => Number(id.slice(1)))]
  const [articles, accounts] = await Promise.all([
    db
      .selectFrom('articles')
      .leftJoin('sources', 'sources.id', 'articles.source_id')
      .select(['articles.id', 'articles.url', 'article', 'sources.title as site'])
      .where('articles.id', 'in', [...ids, 0])
      .orderBy('articles.id', 'desc')
      .execute(),
    db
      .selectFrom('accounts')
      .select(['name', 'platform', 'title', 'limits'])
      .orderBy('configured')
      .orderBy('id')
      .execute(),
  ])
  const accountOf = new Map(accounts.map((row) => [`${row.platform} ${row.name}`, row]))
  const stories: Story[] = []
  for (const row of articles) {
    const id = `a${row.id}`
    const shown: Told[] = []
    for (const delivery of byArticle.get(id) ?? []) {
      const account = accountOf.get(`${delivery.platform} ${delivery.account}`)
      const drafts =
        delivery.drafts.length > 0 || row.article === null
          ? delivery.drafts
          : await preview(row.article, delivery.platform, account?.limits ?? null, publishing)
      shown.push({ ...delivery, drafts, handle: account?.title ?? delivery.account })
    }
    stories.push({ id, url: row.url, article: row.article, site: row.site, deliveries: shown })
  }
  return stories
}

async function preview(
  article: NonNullable<ArticleRow['article']>,
  id: PlatformId,
  limits: Limits | null,
  { templates }: Reading['publishing'],
): Promise<DeliveryWithPost['drafts']> {
  const { platforms } = await import('../platforms/registry.ts')
  const platform = platforms[id]
  // Limits without room for the link stop the delivery itself, which then says why.
  return writeDrafts(article, platform, { ...platform.limits, ...limits }, templates[id]).catch(
    () => [],
  )
}

/** Nothing announced yet, something still to be read, or a delivery that has not settled. */
async function isMoving({ db, clock }: Reading['store'], told: readonly DeliveryWithPost[]) {
  const now = clock()
  const unsettled = told.some(({ state, dueAt, waitsFor }) => {
    const accountStands = waitsFor === 'account paused' || waitsFor === 'account not configured'
    return !isSettled({ state, dueAt: dueAt === null ? null : new Date(dueAt), accountStands }, now)
  })
  if (unsettled || told.length === 0) return true
  const coming = await db
    .selectFrom('articles')
    .select('id')
    .where('state', 'in', ['heard', 'ready'])
    .where('due_at', '<', new Date(now.getTime() + SOON_MS))
    .executeTakeFirst()
  return coming !== undefined
}
