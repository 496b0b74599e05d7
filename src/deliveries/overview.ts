import { notices, type NoticeView } from '../notices/view.ts'
import type { PlatformId } from '../platforms/platform.ts'
import { platforms } from '../platforms/registry.ts'
import type { DeliveryState, KeptAllowance, Pause } from '../store/schema.ts'
import type { Db } from '../store/store.ts'
import { forecast } from './forecast.ts'

/** The queue as people see it: counts by account and state, what goes out next, what needs a person. */
export interface Overview {
  accounts: AccountOverview[]
  /** What goes out next and about when, the next `LISTED` of it. */
  next: { id: string; article: string; title: string; account: string; about: string }[]
  /** Open notices, newest first. */
  notices: NoticeView[]
  sources: {
    url: string
    lastReadAt: string | null
    problem: { kind: string; facts: object } | null
  }[]
}

export interface AccountOverview {
  /** The ledger's number of it. */
  id: number
  account: string
  platform: PlatformId
  title: string | null
  states: { state: DeliveryState; count: number }[]
  paused: Pick<Pause, 'kind' | 'reason'> | null
  waitUntil: string | null
  lastSuccessAt: string | null
  /** How many publishing calls remain until a moment (ISO 8601), as the platform said last; null where it is over. */
  allowance: KeptAllowance | null
  configured: boolean
}

/** How many of what comes next, and of what needs a person, are listed. */
const LISTED = 50

/** Reads the whole of it, in few queries whose cost does not grow with what was published. */
export async function overview(db: Db, now: Date): Promise<Overview> {
  const accounts = await db.selectFrom('accounts').selectAll().orderBy('id').execute()
  const counts = await db
    .selectFrom('deliveries')
    .select((row) => ['account_id', 'state', row.fn.countAll<number>().as('rows')])
    .groupBy(['account_id', 'state'])
    .execute()
  const sources = await db
    .selectFrom('sources')
    .select(['url', 'last_read_at', 'problem'])
    .where('configured', '=', true)
    .orderBy('id')
    .execute()
  const running = accounts.filter((account) => account.configured && account.paused_at === null)
  return {
    accounts: accounts
      .map((account) => ({
        id: account.id,
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
        allowance: stillGood(account.allowance, now),
        configured: account.configured,
      }))
      .filter((account) => account.configured || account.states.length > 0),
    next: await comingNext(db, running, now),
    notices: await notices(db, { limit: LISTED }),
    sources: sources.map(({ url, last_read_at, problem }) => ({
      url,
      lastReadAt: last_read_at?.toISOString() ?? null,
      problem,
    })),
  }
}

function stillGood(allowance: KeptAllowance | null, now: Date): KeptAllowance | null {
  return allowance !== null && Date.parse(allowance.resetsAt) > now.getTime() ? allowance : null
}

type Running = {
  id: number
  platform: PlatformId
  spent_until: Date | null
  wait_until: Date | null
}

/** Of each account what is due first, put together by about when it goes out. */
async function comingNext(
  db: Db,
  accounts: readonly Running[],
  now: Date,
): Promise<Overview['next']> {
  const coming: Overview['next'] = []
  for (const account of accounts) {
    const waiting = await firstDue(db, account.id)
    const about = forecast(
      waiting.map(({ id, due_at }) => ({ id: `d${id}`, dueAt: due_at ?? now })),
      {
        spentUntil: account.spent_until,
        waitUntil: account.wait_until,
        pace: platforms[account.platform].pace,
      },
      now,
    )
    for (const row of waiting) {
      coming.push({
        id: `d${row.id}`,
        article: `a${row.article_id}`,
        title: row.title ?? row.url,
        account: row.name,
        about: (about.get(`d${row.id}`) ?? now).toISOString(),
      })
    }
  }
  return coming.toSorted((one, other) => one.about.localeCompare(other.about)).slice(0, LISTED)
}

function firstDue(db: Db, account: number) {
  return db
    .selectFrom('deliveries')
    .innerJoin('accounts', 'accounts.id', 'deliveries.account_id')
    .innerJoin('articles', 'articles.id', 'deliveries.article_id')
    .select((row) => [
      'deliveries.id',
      'deliveries.article_id',
      'deliveries.due_at',
      'accounts.name',
      'articles.url',
      row.ref('articles.article', '->>').key('title').as('title'),
    ])
    .where('deliveries.account_id', '=', account)
    .where('deliveries.state', 'in', ['pending', 'uncertain'])
    .where('deliveries.due_at', 'is not', null)
    .orderBy('deliveries.due_at')
    .orderBy('deliveries.article_id')
    .limit(LISTED)
    .execute()
}
