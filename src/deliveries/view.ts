import type { Draft, Warning } from '../posts/post.ts'
import type { PlatformId } from '../platforms/platform.ts'
import type {
  AttemptsTable,
  DeliveryError,
  DeliveryState,
  HeldFor,
  Operation,
} from '../store/schema.ts'
import type { Db } from '../store/store.ts'
import { attemptsOf, noticeOf, partsOf } from './gathered.ts'

/** A delivery as every door tells it: the public shape, `Delivery` in the docs. */
export interface DeliveryView {
  id: string
  article: string
  account: string
  platform: PlatformId
  state: DeliveryState
  url: string | null
  /** The parts of its post, once it is written, and where those that stand are found. */
  parts: { stands: boolean; url: string | null }[]
  /** ISO 8601; null where nothing is to happen by itself. */
  dueAt: string | null
  attempts: {
    at: string
    operation: Operation
    outcome: AttemptsTable['outcome']
    reason: string | null
  }[]
  error: { kind: string; message: string } | null
  /** What it still needs although it stands. */
  change: {
    kind: 'edit' | 'delete'
    state: 'waiting' | 'failed'
    dueAt: string | null
    error: { kind: string; message: string } | null
  } | null
  warnings: Warning[]
  round: number
  version: number
  publishedAt: string | null
  /** Why it stands still although it is due: for people and scripts alike. */
  waitsFor: 'account paused' | 'account not configured' | 'a person' | 'the platform' | null
  /** Why a person must say so first, where it is held. */
  heldFor: HeldFor | null
  /** ISO 8601: it waits for the moment at which its site publishes the article. */
  siteAt: string | null
  /** The open notice (`n5`) about it, about its article, or about all that came with that. */
  notice: string | null
  /** It stands as it was, and its article has changed or was withdrawn since. */
  changedSince: boolean
}

/** How much of a thread stands that is not all there; null of any other post. */
export function standingOf({
  parts,
  state,
}: Pick<DeliveryView, 'parts' | 'state'>): { standing: number; total: number } | null {
  const standing = parts.filter(({ stands }) => stands).length
  const told = parts.length > 1 && standing > 0 && standing < parts.length
  return told && state !== 'published' ? { standing, total: parts.length } : null
}

/** What a door may also want to draw. */
export interface DeliveryWithPost extends DeliveryView {
  drafts: Draft[]
}

/** What there is to know of its post: kept since it was written for good, its drafts' until then. */
export function warningsOf({
  warnings,
  drafts,
}: Pick<DeliveryWithPost, 'warnings' | 'drafts'>): Warning[] {
  return warnings.length > 0 ? warnings : drafts.flatMap((draft) => draft.warnings)
}

/** Which deliveries: of one article or several, one of them or several, or the newest. */
export interface Which {
  article?: number
  articles?: readonly number[]
  delivery?: number
  deliveries?: readonly number[]
  newest?: number
}

/** Deliveries with their attempts and posts, oldest first within an article. */
export async function deliveries(db: Db, which: Which): Promise<DeliveryWithPost[]> {
  const rows = await db
    .selectFrom('deliveries')
    .innerJoin('accounts', 'accounts.id', 'deliveries.account_id')
    .innerJoin('articles', 'articles.id', 'deliveries.article_id')
    .select((row) => [
      'deliveries.id',
      'article_id',
      'name',
      'platform',
      'deliveries.state',
      'deliveries.due_at',
      'error',
      'change_kind',
      'change_state',
      'change_due_at',
      'change_error',
      'warnings',
      'round',
      'version',
      'published_at',
      'paused_at',
      'configured',
      'held_for',
      'site_at',
      'left_at',
      'deliveries.revision',
      'articles.revision as article_revision',
      'articles.state as article_state',
      noticeOf().as('notice'),
      attemptsOf(row.ref('deliveries.id')).as('attempts'),
      partsOf(row.ref('deliveries.id')).as('parts'),
    ])
    .$if(which.article !== undefined, (query) => query.where('article_id', '=', which.article ?? 0))
    .$if(which.articles !== undefined, (query) =>
      query.where('article_id', 'in', [...(which.articles ?? []), 0]),
    )
    .$if(which.delivery !== undefined, (query) =>
      query.where('deliveries.id', '=', which.delivery ?? 0),
    )
    .$if(which.deliveries !== undefined, (query) =>
      query.where('deliveries.id', 'in', [...(which.deliveries ?? []), 0]),
    )
    .$if(which.newest !== undefined, (query) =>
      query.orderBy('article_id', 'desc').limit(which.newest ?? 0),
    )
    .orderBy('deliveries.id')
    .execute()
  return rows.map((row) => {
    const stopped = row.state === 'pending' || row.state === 'uncertain'
    return {
      id: `d${row.id}`,
      article: `a${row.article_id}`,
      account: row.name,
      platform: row.platform,
      state: row.state,
      url: row.parts[0]?.syndication?.url ?? null,
      parts: row.parts.map(({ syndication, removed }) => ({
        stands: syndication !== null && !removed,
        url: syndication?.url ?? null,
      })),
      dueAt: stopped || row.state === 'publishing' ? (row.due_at?.toISOString() ?? null) : null,
      attempts: row.attempts,
      error: row.error === null ? null : { kind: row.error.kind, message: row.error.reason },
      change: changeOf(row),
      warnings: row.warnings,
      round: row.round,
      version: row.version,
      publishedAt: row.published_at?.toISOString() ?? null,
      waitsFor: stopped ? whatFor(row) : null,
      heldFor: row.held_for,
      siteAt:
        row.state === 'held' || row.state === 'pending'
          ? (row.site_at?.toISOString() ?? null)
          : null,
      notice: row.notice === null ? null : `n${row.notice}`,
      changedSince:
        row.state === 'published' &&
        (row.revision < row.article_revision || row.article_state === 'withdrawn'),
      drafts: row.parts.map((part) => part.draft),
    }
  })
}

function changeOf(row: {
  change_kind: 'edit' | 'delete' | null
  change_state: 'waiting' | 'failed' | null
  change_due_at: Date | null
  change_error: DeliveryError | null
}): DeliveryView['change'] {
  const { change_kind: kind, change_state: state, change_due_at: dueAt, change_error: error } = row
  if (kind === null || state === null) return null
  const told = error === null ? null : { kind: error.kind, message: error.reason }
  return { kind, state, dueAt: dueAt?.toISOString() ?? null, error: told }
}

function whatFor(row: {
  state: DeliveryState
  configured: boolean
  paused_at: Date | null
  due_at: Date | null
  error: DeliveryError | null
  left_at: Date | null
}): DeliveryView['waitsFor'] {
  if (row.state === 'uncertain' && row.due_at === null) {
    return row.left_at === null ? 'a person' : null
  }
  if (!row.configured) return 'account not configured'
  if (row.paused_at !== null) return 'account paused'
  return row.error === null ? null : 'the platform'
}
