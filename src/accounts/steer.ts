import { keepDecisions, type DecisionView, decisionsOn, type Person } from '../decisions/ledger.ts'
import { closeAbout } from '../notices/ledger.ts'
import { tellChange } from '../store/changes.ts'
import type { Db } from '../store/store.ts'
import type { AccountRow } from './ledger.ts'

/** How an account stands after a decision, or why nothing came of it. */
export type Steered =
  | { account: string; done: true; paused: boolean }
  /** It stood like that already; `last` is who saw to it, where somebody did. */
  | { account: string; done: false; paused: boolean; last: DecisionView | null }

/** Stops an account: nothing is sent there until somebody says so. What waits goes on waiting. */
export function pause(db: Db, account: number, by: Person, now: Date): Promise<Steered> {
  return steer(db, account, 'pause', by, now)
}

/** Lets an account go on, also one that its platform refused: it is tried again. Wake it afterwards. */
export function resume(db: Db, account: number, by: Person, now: Date): Promise<Steered> {
  return steer(db, account, 'resume', by, now)
}

function steer(
  db: Db,
  id: number,
  kind: 'pause' | 'resume',
  by: Person,
  now: Date,
): Promise<Steered> {
  return db.transaction().execute(async (tx) => {
    const account = await tx
      .selectFrom('accounts')
      .selectAll()
      .where('id', '=', id)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow()
    const wanted = kind === 'pause'
    if (isStopped(account, kind) === wanted) {
      const last = (await decisionsOn(tx, { account: id })).findLast((one) => one.kind === kind)
      return { account: account.name, done: false, paused: wanted, last: last ?? null }
    }
    await tx
      .updateTable('accounts')
      .set(
        wanted
          ? { paused_at: now, pause: JSON.stringify({ kind: 'person', reason: by.who }) }
          : { paused_at: null, pause: null },
      )
      .where('id', '=', id)
      .execute()
    const from = stateOf(account)
    await keepDecisions(
      tx,
      [{ kind, account: id, from, to: wanted ? 'paused' : 'running' }],
      by,
      now,
    )
    if (!wanted) await closeAbout(tx, { account: id }, now)
    await tellChange(tx, `account-${id}`)
    return { account: account.name, done: true, paused: wanted }
  })
}

/** An account that its platform refused can still be stopped by a person: then only a person goes on. */
function isStopped({ paused_at, pause }: AccountRow, kind: 'pause' | 'resume'): boolean {
  return kind === 'pause' ? pause?.kind === 'person' : paused_at !== null
}

function stateOf({ paused_at, pause }: AccountRow): string {
  if (paused_at === null) return 'running'
  return pause?.kind === 'unauthorized' ? 'unauthorized' : 'paused'
}
