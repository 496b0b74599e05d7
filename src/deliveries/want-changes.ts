import { sql } from 'kysely'
import type { Connections } from '../accounts/connections.ts'
import { configuredAccounts } from '../accounts/ledger.ts'
import type { PlatformId } from '../platforms/platform.ts'
import { tellChange } from '../store/changes.ts'
import type { Db } from '../store/store.ts'

/** A flurry of edits becomes one. */
const SETTLED_MS = 90_000
/** Draft → published → draft → published neither doubles nor deletes: an article that comes back so soon stays. */
const GRACE_MS = 15 * 60_000

/** What it takes to see what stands fall behind its article. */
export interface WantingMeans {
  db: Db
  connections: Pick<Connections, 'policy'>
}

/**
 * What stands and is behind its article is to follow it, as far as its account's policy lets it: an edit once no
 * further revision has come for a while, a deletion some time after its site withdrew the article. What the site
 * takes back is wanted no more. Answers the accounts to wake, and when.
 */
export async function wantChanges(
  { db, connections }: WantingMeans,
  now: Date,
): Promise<{ id: number; platform: PlatformId; at: Date }[]> {
  const accounts = await configuredAccounts(db)
  const ids = (wants: (policy: ReturnType<Connections['policy']>) => boolean) =>
    accounts.filter((account) => wants(connections.policy(account))).map(({ id }) => id)
  const edited = await wantEdits(
    db,
    ids(({ edit }) => edit),
    now,
  )
  const deleted = await wantDeletions(
    db,
    ids(({ withdrawn }) => withdrawn === 'delete'),
    now,
  )
  await dropDeletions(db)
  return [...edited, ...deleted].flatMap(({ account, at }) => {
    const found = accounts.find(({ id }) => id === account)
    return found === undefined ? [] : [{ id: account, platform: found.platform, at }]
  })
}

interface Wanted {
  account: number
  at: Date
}

/** A revision newer than the one last looked at starts the wait anew; the last edit wins. */
async function wantEdits(db: Db, accounts: readonly number[], now: Date): Promise<Wanted[]> {
  const at = new Date(now.getTime() + SETTLED_MS)
  const rows = await db
    .updateTable('deliveries')
    .from('articles')
    .set((row) => ({
      change_kind: 'edit' as const,
      change_state: 'waiting' as const,
      change_by: 'site' as const,
      change_revision: row.ref('articles.revision'),
      change_due_at: at,
      change_tries: 0,
      change_error: null,
      version: sql<number>`deliveries.version + 1`,
    }))
    .whereRef('articles.id', '=', 'deliveries.article_id')
    .where('deliveries.account_id', 'in', [...accounts, 0])
    .where('deliveries.state', '=', 'published')
    .where('deliveries.lease_token', 'is', null)
    .where('articles.state', '=', 'ready')
    .whereRef('deliveries.revision', '<', 'articles.revision')
    .whereRef('deliveries.change_revision', '<', 'articles.revision')
    .where((row) => row.or([row('change_kind', 'is', null), row('change_kind', '=', 'edit')]))
    .returning(['deliveries.id', 'account_id'])
    .execute()
  for (const { id } of rows) await tellChange(db, `d${id}`)
  return rows.map(({ account_id }) => ({ account: account_id, at }))
}

/** A deletion takes the place of an edit. */
async function wantDeletions(db: Db, accounts: readonly number[], now: Date): Promise<Wanted[]> {
  const at = new Date(now.getTime() + GRACE_MS)
  const rows = await db
    .updateTable('deliveries')
    .from('articles')
    .set({
      change_kind: 'delete' as const,
      change_state: 'waiting' as const,
      change_by: 'site' as const,
      change_due_at: at,
      change_tries: 0,
      change_error: null,
      version: sql<number>`deliveries.version + 1`,
    })
    .whereRef('articles.id', '=', 'deliveries.article_id')
    .where('deliveries.account_id', 'in', [...accounts, 0])
    .where('deliveries.state', '=', 'published')
    .where('deliveries.lease_token', 'is', null)
    .where('articles.state', '=', 'withdrawn')
    // a person said that it stays
    .where('left_at', 'is', null)
    .where((row) => row.or([row('change_kind', 'is', null), row('change_kind', '=', 'edit')]))
    .returning(['deliveries.id', 'account_id'])
    .execute()
  for (const { id } of rows) await tellChange(db, `d${id}`)
  return rows.map(({ account_id }) => ({ account: account_id, at }))
}

/** Its site has it again: what only the site wanted gone stays. */
async function dropDeletions(db: Db): Promise<void> {
  const rows = await db
    .updateTable('deliveries')
    .from('articles')
    .set({
      change_kind: null,
      change_state: null,
      change_by: null,
      change_due_at: null,
      change_error: null,
      version: sql<number>`deliveries.version + 1`,
    })
    .whereRef('articles.id', '=', 'deliveries.article_id')
    .where('articles.state', '!=', 'withdrawn')
    .where('change_kind', '=', 'delete')
    .where('change_by', '=', 'site')
    .where('lease_token', 'is', null)
    .returning('deliveries.id')
    .execute()
  for (const { id } of rows) await tellChange(db, `d${id}`)
}
