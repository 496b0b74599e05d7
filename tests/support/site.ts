import { configuredAccounts } from '../../src/accounts/ledger.ts'
import { readHeard } from '../../src/articles/ingest.ts'
import { announceDue } from '../../src/deliveries/announce.ts'
import { takeSiteEvent, type SiteEvent } from '../../src/deliveries/heard.ts'
import type { HoldRules } from '../../src/deliveries/hold.ts'
import { followRevisions } from '../../src/deliveries/revise.ts'
import { whatIsDue } from '../../src/deliveries/sweep.ts'
import { wantChanges } from '../../src/deliveries/want-changes.ts'
import { withdraw } from '../../src/deliveries/withdraw.ts'
import { syncSources } from '../../src/sources/ledger.ts'
import { pollDue } from '../../src/sources/poll.ts'
import { serve } from '../unit/net/serve.ts'
import type { Newsroom } from './newsroom.ts'

/** An article as the site's page and feed tell it. */
export interface Page {
  title: string
  text: string
  /** ISO 8601. */
  publishedAt: string
  /** Behind a password: its page shows a form only. */
  hidden?: boolean
}

/** A site of pages and a feed on loopback, whose articles are read and announced as the jobs do it. */
export interface Site extends AsyncDisposable {
  /** Its pages, newest first, by number. */
  pages: Map<number, Page>
  host: string
  urlOf(number: number): string
  /** The id of the row that a page has in the ledger. */
  articleOf(number: number): Promise<number>
  /** Polls the feed: what is new in it is heard. */
  poll(): Promise<void>
  /** The same without waiting for its time. */
  pollNow(): Promise<void>
  /** The site tells of one of its pages; as `SiteEvent`. */
  tells(event: SiteEvent['event'], number: number, more?: Partial<SiteEvent>): Promise<void>
  /** Reads and announces what is due, until nothing is, the clock put forward by their pace. Sends nothing. */
  work(): Promise<void>
  /** One job only: the first article that is due is read or announced. */
  step(): Promise<void>
}

/** What the program holds by default. */
export const defaults: HoldRules = { olderMs: 48 * 3_600_000, burst: 10, approve: false }

/** Opens a site for a newsroom; what its feed holds at first is known from the baseline. */
export async function openSite(room: Newsroom, rules: HoldRules = defaults): Promise<Site> {
  const { db } = room.store
  const { clock, log, fetch } = room.means
  const served = await serve((request, response, origin) => {
    const path = request.url ?? ''
    if (path === '/feed/') {
      return response
        .writeHead(200, { 'content-type': 'application/rss+xml' })
        .end(feedOf(site.pages, origin))
    }
    const page = site.pages.get(Number(/^\/(\d+)\/$/.exec(path)?.[1] ?? 0))
    if (page === undefined) return response.writeHead(404).end()
    return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(htmlOf(page))
  })
  const urlOf = (number: number) => `${served.url}/${number}/`
  const reading = { db, clock, log, fetch, junkOf: () => [] }
  const polling = { db, clock, log, fetch, everyMs: 1000, backfill: 0 }
  await syncSources(db, [{ url: `${served.url}/feed/`, remove: [] }], clock())

  const read = async (article: number) => {
    const next = await readHeard(reading, article)
    if (next === null || 'announce' in next || 'again' in next) return
    if ('withdrawn' in next) await withdraw(db, next.withdrawn, clock())
    else await followRevisions(db, clock())
    await wantChanges(room.means, clock())
  }
  const work = async (atMost = Infinity) => {
    let done = 0
    await wantChanges(room.means, clock()) // as each sweep does
    for (const { job } of await whatIsDue(db, clock())) {
      if (!('article' in job.payload) || done === atMost) continue
      done += 1
      if (job.name === 'read') await read(job.payload.article)
      else {
        const accounts = await configuredAccounts(db)
        await announceDue(db, job.payload.article, accounts, rules, clock())
      }
    }
    return done
  }
  const site: Site = {
    pages: new Map(),
    host: new URL(served.url).host,
    urlOf,
    articleOf: async (number) => {
      const { id } = await db
        .selectFrom('articles')
        .select('id')
        .where('url', '=', urlOf(number))
        .executeTakeFirstOrThrow()
      return id
    },
    poll: async () => {
      room.later(2)
      await pollDue(polling)
    },
    pollNow: async () => {
      await pollDue(polling)
    },
    tells: async (event, number, more = {}) => {
      const page = site.pages.get(number)
      const told: SiteEvent = {
        event,
        site: `${served.url}/`,
        post: number,
        url: urlOf(number),
        article: true,
        title: page?.title ?? null,
        publishedAt: page?.publishedAt ?? null,
        ...more,
      }
      await takeSiteEvent({ db, clock }, told)
    },
    work: async () => {
      for (;;) {
        if ((await work()) > 0) continue
        const soon = new Date(clock().getTime() + 1000)
        if (!(await whatIsDue(db, soon)).some(({ job }) => 'article' in job.payload)) return
        room.later(0.25) // many at once are read one after the other
      }
    },
    step: async () => {
      if ((await work(1)) === 0) room.later(0.25)
    },
    [Symbol.asyncDispose]: served[Symbol.asyncDispose],
  }
  await pollDue(polling)
  return site
}

function htmlOf({ title, text, publishedAt, hidden }: Page): string {
  const body =
    hidden === true
      ? '<form class="post-password-form" method="post"><input name="post_password" type="password"></form>'
      : `<p>${text}</p>`
  return `<!doctype html><html lang="fr"><head><title>${title}</title>
<meta property="og:type" content="article"><meta property="og:title" content="${title}">
<meta property="article:published_time" content="${publishedAt}"></head>
<body class="single single-post"><article><h1>${title}</h1>${body}</article></body></html>`
}

function feedOf(pages: ReadonlyMap<number, Page>, origin: string): string {
  const items = [...pages].map(
    ([number, { title, publishedAt }]) =>
      `<item><title>${title}</title><link>${origin}/${number}/</link><pubDate>${new Date(publishedAt).toUTCString()}</pubDate></item>`,
  )
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Journal</title><link>${origin}/</link>
<description>Journal</description>${items.join('')}</channel></rss>`
}
