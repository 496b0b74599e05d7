import { sql, type Transaction } from 'kysely'
import type { Connections } from '../accounts/connections.ts'
import { configuredAccounts } from '../accounts/ledger.ts'
import type { PlatformId } from '../platforms/platform.ts'
import { tellChange } from '../store/changes.ts'
import type { Ledger } from '../store/schema.ts'
import type { Db } from '../store/store.ts'
import { noChange } from './change-outcome.ts'
import { noticeStates } from './noticing.ts'

/** A flurry of edits becomes one, of what the article says by then. */
const SETTLED_MS = 90_000
/** Draft → published → draft → published neither doubles nor deletes: an article that comes back so soon stays. */
const GRACE_MS = 15 * 60_000

/** What changed longer ago was seen to, or is no news: a policy that is turned on later touches nothing of before. */
const NEWS_MS = 2 * 24 * 3_600_000

/** What it takes to see what stands fall behind its article. */
export interface WantingMeans {
  db: Db
  connections: Pick<Connections, 'policy'>
}

/**
 * What stands and is behind its article is to follow it, as far as its account's policy lets it: an edit some time
 * after the first revision that it lacks, a deletion some time after its site withdrew the article. What the site
 * takes back is wanted no more. Answers the accounts to wake, and when.
 */
export async function wantChanges(
  { db, connections }: WantingMeans,
  now: Date,
): Promise<{ id: number; platform: PlatformId; at: Date }[]> {
  const accounts = await configuredAccounts(db)
  const ids = (wants: (policy: ReturnType<Connections['policy']>) => boolean) => [
    ...accounts.filter((account) => wants(connections.policy(account))).map(({ id }) => id),
    0,
  ]
  const edits = ids(({ edit }) => edit)
  const deletions = ids(({ withdrawn }) => withdrawn === 'delete')
  const wanted = await db.transaction().execute(async (tx) => {
    const dropped = await dropDeletions(tx)
    const changed = [
      ...(await wantEdits(tx, edits, now)),
      ...(await wantDeletions(tx, deletions, now)),
    ]
    const touched = [...dropped, ...changed].map(({ id }) => id)
    for (const id of touched) await tellChange(tx, `d${id}`)
    await noticeStates(tx, touched, now)
    return changed
  })
  return wanted.flatMap(({ account_id, change_due_at }) => {
    const found = accounts.find(({ id }) => id === account_id)
    if (found === undefined || change_due_at === null) return []
    return [{ id: found.id, platform: found.platform, at: change_due_at }]
  })
}

/** A revision newer than the one last looked at is edited in; one that comes while that waits comes with it. */
function wantEdits(tx: Transaction<Ledger>, accounts: readonly number[], now: Date) {
  const at = new Date(now.getTime() + SETTLED_MS)
  const unlessWaiting = (column: 'change_due_at' | 'change_first_due_at') =>
    sql<Date>`case when change_state = 'waiting' then ${sql.ref(column)} else ${at}::timestamptz end`
  return behind(tx, accounts)
    .set((row) => ({
      change_kind: 'edit' as const,
      change_state: 'waiting' as const,
      change_by: 'site' as const,
      change_revision: row.ref('articles.revision'),
      change_due_at: unlessWaiting('change_due_at'),
      change_first_due_at: unlessWaiting('change_first_due_at'),
      change_tries: 0,
      change_error: null,
      version: sql<number>`deliveries.version + 1`,
    }))
    .where('articles.state', '=', 'ready')
    .where('articles.ready_at', '>', new Date(now.getTime() - NEWS_MS))
    .whereRef('deliveries.revision', '<', 'articles.revision')
    .whereRef('deliveries.change_revision', '<', 'articles.revision')
    .returning(['deliveries.id', 'account_id', 'change_due_at'])
    .execute()
}

/** A deletion takes the place of an edit. */
function wantDeletions(tx: Transaction<Ledger>, accounts: readonly number[], now: Date) {
  const at = new Date(now.getTime() + GRACE_MS)
  return (
    behind(tx, accounts)
      .set({
        change_kind: 'delete' as const,
        change_state: 'waiting' as const,
        change_by: 'site' as const,
        change_due_at: at,
        change_first_due_at: at,
        change_tries: 0,
        change_error: null,
        version: sql<number>`deliveries.version + 1`,
      })
      .where('articles.state', '=', 'withdrawn')
      .where('articles.withdrawn_at', '>', new Date(now.getTime() - NEWS_MS))
      // a person said that it stays
      .where('left_at', 'is', null)
      .returning(['deliveries.id', 'account_id', 'change_due_at'])
      .execute()
  )
}

/** What stands on these accounts, beside its article, and is neither being worked on nor to be taken down. */
function behind(tx: Transaction<Ledger>, accounts: readonly number[]) {
  return tx
    .updateTable('deliveries')
    .from('articles')
    .whereRef('articles.id', '=', 'deliveries.article_id')
    .where('deliveries.account_id', 'in', [...accounts])
    .where('deliveries.state', '=', 'published')
    .where('deliveries.lease_token', 'is', null)
    .where((row) => row.or([row('change_kind', 'is', null), row('change_kind', '=', 'edit')]))
}

/** Its site has it again: what only the site wanted gone stays, and follows what changed meanwhile. */
function dropDeletions(tx: Transaction<Ledger>) {
  return tx
    .updateTable('deliveries')
    .from('articles')
    .set((row) => ({
      ...noChange,
      change_revision: row.ref('deliveries.revision'),
      version: sql<number>`deliveries.version + 1`,
    }))
    .whereRef('articles.id', '=', 'deliveries.article_id')
    .where('articles.state', '!=', 'withdrawn')
    .where('change_kind', '=', 'delete')
    .where('change_by', '=', 'site')
    .where('lease_token', 'is', null)
    .returning('deliveries.id')
    .execute()
}
