import { sql } from 'kysely'
import { keysOf, siteKey } from '../articles/identity.ts'
import { hearHooked } from '../articles/hooked.ts'
import type { Tx } from '../articles/ledger.ts'
import { hearNamed, type Heard, type Named } from '../articles/named.ts'
import type { Hint } from '../articles/read.ts'
import type { Clock } from '../clock.ts'
import type { PlatformId } from '../platforms/platform.ts'
import type { Person } from '../decisions/ledger.ts'
import { answerTo, baselineOf, hookSource, keepAnswer } from '../sources/hook.ts'
import { tellChange } from '../store/changes.ts'
import type { Db } from '../store/store.ts'
import type { Moved } from './move.ts'
import { releaseNamed } from './on-purpose.ts'
import { cancelWithdrawn } from './withdraw.ts'

/** What it takes to take in what a script or a site says. */
export interface HearingMeans {
  db: Db
  clock: Clock
}

/** What a WordPress site told of one of its posts. */
export interface SiteEvent {
  event: 'publish' | 'update' | 'trash'
  /** The site's root address, and the post's number there. */
  site: string
  post: number
  url: string
  /** False: a draft, private, behind a password, a revision or an attachment: never announced. */
  article: boolean
  title: string | null
  /** ISO 8601. */
  publishedAt: string | null
}

/** What was taken in: stands in the ledger before anybody is answered. */
export interface TakenIn extends Heard {
  /** The same message was taken in before; nothing was done now. */
  before: boolean
  /** Accounts on which something that was held may go out now: wake them. */
  released: { id: number; platform: PlatformId }[]
}

/** Who names an article, where the door does not say. */
const namers: Record<Named['via'], Person> = {
  api: { who: 'API', door: 'api' },
  bot: { who: 'Telegram', door: 'bot' },
}

/**
 * Takes in an article that somebody named on purpose; held for its age or its number, it goes out now. `message`
 * is the id of a signed message, which acts once. Wake `readArticleJob` at `readAt`. Throws `not-an-article`.
 */
export function takeNamed(
  means: HearingMeans,
  named: Named & { by?: Person },
  message: string | null = null,
): Promise<TakenIn> {
  const { by = namers[named.via] } = named
  return once(means, message, async (tx, now) => {
    const heard = await hearNamed(tx, named, now)
    const moved = await releaseNamed(tx, { article: heard.article, by }, now)
    return { ...heard, released: await accountsOf(tx, moved) }
  })
}

/** Takes in what a site told; what it withdrew and what has not gone out yet is canceled in the same moment. */
export function takeSiteEvent(
  means: HearingMeans,
  event: SiteEvent,
  message: string | null = null,
): Promise<TakenIn> {
  return once(means, message, async (tx, now) => {
    const source = await hookSource(tx, new URL(event.site).href, now)
    const hint: Hint = { url: event.url, title: event.title, publishedAt: event.publishedAt }
    const gone = event.event === 'trash' || !event.article
    const keys = keysOf({ addresses: [event.url], site: siteKey(event.site, event.post) })
    const heard = await hearHooked(
      tx,
      {
        event: gone ? 'gone' : event.event === 'publish' ? 'publish' : 'update',
        url: event.url,
        keys,
        source: source.id,
        hint,
        before: event.event === 'update' && (await isFromBefore(tx, event, now)),
      },
      now,
    )
    if (gone) await cancelWithdrawn(tx, { article: heard.article }, now)
    return heard
  })
}

/** Whether it was published before we knew its site; without a date it may well have been. */
async function isFromBefore(tx: Tx, { url, publishedAt }: SiteEvent, now: Date): Promise<boolean> {
  const baseline = await baselineOf(tx, new URL(url).host, now)
  return !(Date.parse(publishedAt ?? '') >= baseline.getTime())
}

/** One signed message acts once: whoever sends it again gets what the first got. */
async function once(
  { db, clock }: HearingMeans,
  message: string | null,
  hear: (tx: Tx, now: Date) => Promise<Heard & Partial<Pick<TakenIn, 'released'>>>,
): Promise<TakenIn> {
  return db.transaction().execute(async (tx) => {
    if (message !== null) {
      await sql`select pg_advisory_xact_lock(hashtext(${message}))`.execute(tx)
      const former = await answerTo(tx, message)
      if (former !== null) return { article: former, readAt: null, before: true, released: [] }
    }
    const now = clock()
    const heard = await hear(tx, now)
    if (message !== null) await keepAnswer(tx, message, heard.article, now)
    await tellChange(tx, `a${heard.article}`)
    return { released: [], ...heard, before: false }
  })
}

function accountsOf(tx: Tx, moved: readonly Moved[]): Promise<TakenIn['released']> {
  const ids = moved.map(({ id }) => Number(id.slice(1)))
  return tx
    .selectFrom('deliveries')
    .innerJoin('accounts', 'accounts.id', 'deliveries.account_id')
    .select(['accounts.id', 'accounts.platform'])
    .distinct()
    .where('deliveries.id', 'in', [...ids, 0])
    .execute()
}
