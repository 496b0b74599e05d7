import type { PlatformId } from '../platforms/platform.ts'
import { platforms } from '../platforms/registry.ts'
import type { DeliveryState, Pause } from '../store/schema.ts'
import type { Db } from '../store/store.ts'
import { forecast } from './forecast.ts'

/** The queue as people see it: counts by account and state, what goes out next, what needs a person. */
export interface Overview {
  accounts: AccountOverview[]
  next: { id: string; article: string; title: string; account: string; about: string }[]
  needsPerson: {
    id: string
    article: string
    title: string
    account: string
    state: DeliveryState
    error: { kind: string; message: string } | null
    platform: PlatformId
  }[]
  sources: {
    url: string
    lastReadAt: string | null
    problem: { kind: string; facts: object } | null
  }[]
}

export interface AccountOverview {
  account: string
  platform: PlatformId
  title: string | null
  states: { state: DeliveryState; count: number }[]
  paused: Pick<Pause, 'kind' | 'reason'> | null
  waitUntil: string | null
  lastSuccessAt: string | null
  configured: boolean
}

/** How many of what comes next, and of what needs a person, are listed. */
const LISTED = 50

/** Reads the whole of it in four queries. */
export async function overview(db: Db, now: Date): Promise<Overview> {
  const accounts = await db.selectFrom('accounts').selectAll().orderBy('id').execute()
  const counts = await db
    .selectFrom('deliveries')
    .select((row) => ['account_id', 'state', row.fn.countAll<number>().as('rows')])
    .groupBy(['account_id', 'state'])
    .execute()
  const open = await openDeliveries(db)
  const sources = await db
    .selectFrom('sources')
    .select(['url', 'last_read_at', 'problem'])
    .where('configured', '=', true)
    .orderBy('id')
    .execute()
  const about = new Map<string, Date>()
  for (const account of accounts) {
    const waiting = open
      .filter((row) => row.account_id === account.id && isWaiting(row.state) && row.due_at !== null)
      .map((row) => ({ id: `d${row.id}`, dueAt: row.due_at ?? now }))
    if (!account.configured || account.paused_at !== null) continue
    const paced = {
      spentUntil: account.spent_until,
      waitUntil: account.wait_until,
      pace: platforms[account.platform].pace,
    }
    for (const [id, at] of forecast(waiting, paced, now)) about.set(id, at)
  }
  const named = (row: (typeof open)[number]) => ({
    id: `d${row.id}`,
    article: `a${row.article_id}`,
    title: row.title ?? row.url,
    account: row.name,
  })
  return {
    accounts: accounts
      .map((account) => ({
        account: account.name,
        platform: account.platform,
        title: account.title,
        states: counts
          .filter((row) => row.account_id === account.id)
          .map((row) => ({ state: row.state, count: row.rows })),
        paused: account.pause && { kind: account.pause.kind, reason: account.pause.reason },
        waitUntil:
          account.wait_until !== null && account.wait_until > now
            ? account.wait_until.toISOString()
            : null,
        lastSuccessAt: account.last_success_at?.toISOString() ?? null,
        configured: account.configured,
      }))
      .filter((account) => account.configured || account.states.length > 0),
    next: open
      .flatMap((row) => {
        const at = about.get(`d${row.id}`)
        return at === undefined ? [] : [{ ...named(row), about: at.toISOString() }]
      })
      .toSorted((one, other) => one.about.localeCompare(other.about))
      .slice(0, LISTED),
    needsPerson: open
      .filter(
        (row) =>
          row.state === 'held' ||
          row.state === 'failed' ||
          (row.state === 'uncertain' && row.due_at === null),
      )
      .slice(0, LISTED)
      .map((row) => ({
        ...named(row),
        state: row.state,
        platform: row.platform,
        error: row.error === null ? null : { kind: row.error.kind, message: row.error.reason },
      })),
    sources: sources.map(({ url, last_read_at, problem }) => ({
      url,
      lastReadAt: last_read_at?.toISOString() ?? null,
      problem,
    })),
  }
}

function isWaiting(state: DeliveryState): boolean {
  return state === 'pending' || state === 'uncertain'
}

function openDeliveries(db: Db) {
  return db
    .selectFrom('deliveries')
    .innerJoin('accounts', 'accounts.id', 'deliveries.account_id')
    .innerJoin('articles', 'articles.id', 'deliveries.article_id')
    .select((row) => [
      'deliveries.id',
      'deliveries.article_id',
      'deliveries.account_id',
      'deliveries.state',
      'deliveries.due_at',
      'deliveries.error',
      'accounts.name',
      'accounts.platform',
      'articles.url',
      row.ref('articles.article', '->>').key('title').as('title'),
    ])
    .where('deliveries.state', 'in', ['held', 'pending', 'uncertain', 'failed'])
    .orderBy((row) => row('deliveries.state', 'in', ['pending', 'uncertain']), 'desc')
    .orderBy('deliveries.article_id')
    .orderBy('deliveries.id')
    .limit(5000)
    .execute()
}
