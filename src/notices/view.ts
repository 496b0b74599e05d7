import { sql } from 'kysely'
import type {
  AccountsTable,
  DeliveryError,
  DeliveryState,
  HeldFor,
  NoticeKind,
} from '../store/schema.ts'
import type { Db } from '../store/store.ts'

type PlatformId = AccountsTable['platform']

/** A notice as every door tells it, with what it takes to answer it. */
export interface NoticeView {
  /** `n5` */
  id: string
  kind: NoticeKind
  /** ISO 8601. */
  raisedAt: string
  toldAt: string | null
  closedAt: string | null
  /** What it is about, where that is an article or one of its deliveries. */
  article: { id: string; title: string; url: string; publishedAt: string | null } | null
  /** The account's name, where it is about one, or about a delivery there. */
  account: string | null
  accountId: number | null
  platform: PlatformId | null
  /** Host of the source that brought too many at once. */
  source: string | null
  /** How many articles it is about. */
  articles: number
  /** What a decision on it must name as the version seen. */
  version: number
  /** Deliveries that wait for the answer: of a held article all that are held, else the one; of a flood none. */
  deliveries: NoticeDelivery[]
  /** Why an account stands still: the platform's own words. */
  reason: string | null
}

export interface NoticeDelivery {
  id: string
  account: string
  platform: PlatformId
  state: DeliveryState
  version: number
  heldFor: HeldFor | null
  error: { kind: string; message: string } | null
  /** What it still needs although it stands, and why that was refused. */
  change: {
    kind: 'edit' | 'delete'
    state: 'waiting' | 'failed'
    error: { kind: string; message: string } | null
  } | null
}

/** Which notices. */
export interface WhichNotices {
  id?: number
  /** Only those the bot has not told yet. */
  untold?: boolean
  /** At most so many, newest first. */
  limit?: number
}

/** Open notices, newest first (`id`: that one, closed or not). */
export async function notices(db: Db, which: WhichNotices = {}): Promise<NoticeView[]> {
  const rows = await db
    .selectFrom('notices')
    .leftJoin('deliveries', 'deliveries.id', 'notices.delivery_id')
    .leftJoin('articles', (join) =>
      join.on((on) =>
        on(
          'articles.id',
          '=',
          on.fn.coalesce('notices.article_id', 'deliveries.article_id').$notNull(),
        ),
      ),
    )
    .leftJoin('accounts', (join) =>
      join.on((on) =>
        on(
          'accounts.id',
          '=',
          on.fn.coalesce('notices.account_id', 'deliveries.account_id').$notNull(),
        ),
      ),
    )
    .leftJoin('sources', 'sources.id', 'notices.source_id')
    .select((row) => [
      'notices.id',
      'notices.kind',
      'notices.raised_at',
      'notices.told_at',
      'notices.closed_at',
      'articles.id as article_id',
      'articles.url',
      sql<string | null>`coalesce(articles.article ->> 'title', articles.hint ->> 'title')`.as(
        'title',
      ),
      sql<
        string | null
      >`coalesce(articles.article ->> 'publishedAt', articles.hint ->> 'publishedAt')`.as(
        'published_at',
      ),
      'accounts.name',
      'accounts.id as account_id',
      'accounts.platform',
      'accounts.pause',
      'sources.url as source_url',
      membersOf(row.ref('notices.id')).as('members'),
      versionOf().as('version'),
      deliveriesOf().as('waiting'),
    ])
    .$if(which.id === undefined, (query) => query.where('notices.closed_at', 'is', null))
    .$if(which.id !== undefined, (query) => query.where('notices.id', '=', which.id ?? 0))
    .$if(which.untold === true, (query) => query.where('notices.told_at', 'is', null))
    .orderBy('notices.id', 'desc')
    .limit(which.limit ?? 100)
    .execute()
  return rows.map((row) => ({
    id: `n${row.id}`,
    kind: row.kind,
    raisedAt: row.raised_at.toISOString(),
    toldAt: row.told_at?.toISOString() ?? null,
    closedAt: row.closed_at?.toISOString() ?? null,
    article:
      row.article_id === null
        ? null
        : {
            id: `a${row.article_id}`,
            title: row.title ?? row.url ?? '',
            url: row.url ?? '',
            publishedAt: row.published_at,
          },
    account: row.name,
    accountId: row.account_id,
    platform: row.platform,
    source: row.source_url === null ? null : (URL.parse(row.source_url)?.host ?? row.source_url),
    articles: row.kind === 'flood' ? row.members : row.article_id === null ? 0 : 1,
    version: row.kind === 'flood' ? row.members : row.version,
    deliveries: row.waiting.map(({ error, changeKind, changeState, changeError, ...delivery }) => ({
      ...delivery,
      error: told(error),
      change:
        changeKind === null || changeState === null
          ? null
          : { kind: changeKind, state: changeState, error: told(changeError) },
    })),
    reason: row.pause?.reason ?? null,
  }))
}

function told(error: DeliveryError | null) {
  return error === null ? null : { kind: error.kind, message: error.reason }
}

/** How many notices are open. */
export async function openNotices(db: Db): Promise<number> {
  const { rows } = await db
    .selectFrom('notices')
    .select((row) => row.fn.countAll<number>().as('rows'))
    .where('closed_at', 'is', null)
    .executeTakeFirstOrThrow()
  return rows
}

function membersOf(notice: { toOperationNode(): unknown }) {
  return sql<number>`(select count(*)::int from articles member where member.notice_id = ${notice})`
}

/** Of one delivery its version, of an article's deliveries the sum of theirs. */
function versionOf() {
  return sql<number>`(select coalesce(sum(version), 0)::int from deliveries seen
    where seen.id = notices.delivery_id or seen.article_id = notices.article_id)`
}

/** A delivery as its row has it. */
interface Waiting extends Omit<NoticeDelivery, 'error' | 'change'> {
  error: DeliveryError | null
  changeKind: 'edit' | 'delete' | null
  changeState: 'waiting' | 'failed' | null
  changeError: DeliveryError | null
}

function deliveriesOf() {
  return sql<Waiting[]>`coalesce((
    select jsonb_agg(jsonb_build_object('id', 'd' || waiting.id, 'account', account.name,
        'platform', account.platform, 'state', waiting.state, 'version', waiting.version,
        'heldFor', waiting.held_for, 'error', waiting.error, 'changeKind', waiting.change_kind,
        'changeState', waiting.change_state, 'changeError', waiting.change_error) order by waiting.id)
      from deliveries waiting join accounts account on account.id = waiting.account_id
      where waiting.id = notices.delivery_id
        or (waiting.article_id = notices.article_id and waiting.state = 'held')), '[]')`
}
