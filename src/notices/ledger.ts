import type { Transaction } from 'kysely'
import { tellChange } from '../store/changes.ts'
import type { Ledger, NoticeKind } from '../store/schema.ts'
import type { Db } from '../store/store.ts'

type Writer = Db | Transaction<Ledger>

/** What a notice is about: exactly one of these. */
export type Subject =
  | { delivery: number }
  | { article: number }
  | { account: number }
  | { source: number }

const nothing = { delivery_id: null, article_id: null, account_id: null, source_id: null }

function columnsOf(subject: Subject) {
  if ('delivery' in subject) return { ...nothing, delivery_id: subject.delivery }
  if ('article' in subject) return { ...nothing, article_id: subject.article }
  if ('account' in subject) return { ...nothing, account_id: subject.account }
  return { ...nothing, source_id: subject.source }
}

/** Raises a notice, once: while one of that kind about that subject is open, it is that one. Answers its id. */
export async function raise(
  db: Writer,
  kind: NoticeKind,
  subject: Subject,
  now: Date,
): Promise<number> {
  const open = await findOpen(db, kind, subject)
  if (open !== null) return open
  const raised = await db
    .insertInto('notices')
    .values({ kind, ...columnsOf(subject), raised_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (raised === undefined) return raise(db, kind, subject, now) // somebody else was first
  await tellChange(db, `n${raised.id}`)
  return raised.id
}

/** The open notice of that kind about that subject. */
export async function findOpen(
  db: Writer,
  kind: NoticeKind,
  subject: Subject,
): Promise<number | null> {
  const row = await about(db, subject)
    .select('id')
    .where('kind', '=', kind)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  return row?.id ?? null
}

/** Closes what is open about a subject, but for the kind that is still so. */
export async function closeAbout(
  db: Writer,
  subject: Subject,
  now: Date,
  except: NoticeKind | null = null,
): Promise<void> {
  const open = await about(db, subject)
    .select(['id', 'kind'])
    .where('closed_at', 'is', null)
    .execute()
  for (const { id, kind } of open) if (kind !== except) await close(db, id, now)
}

/** Closes one notice: what it was about is decided, or is so no more. */
export async function close(db: Writer, id: number, now: Date): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('notices')
    .set({ closed_at: now })
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows > 0n) await tellChange(db, `n${id}`)
}

/** Whether nobody need answer it any more. */
export async function isClosed(db: Writer, id: number): Promise<boolean> {
  const row = await db
    .selectFrom('notices')
    .select('closed_at')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return row.closed_at !== null
}

/** The bot has told them; the first time counts. */
export async function markTold(db: Db, ids: readonly number[], now: Date): Promise<void> {
  await db
    .updateTable('notices')
    .set({ told_at: now })
    .where('id', 'in', [...ids, 0])
    .where('told_at', 'is', null)
    .execute()
}

function about(db: Writer, subject: Subject) {
  const columns = columnsOf(subject)
  return db
    .selectFrom('notices')
    .$if(columns.delivery_id !== null, (query) =>
      query.where('delivery_id', '=', columns.delivery_id),
    )
    .$if(columns.article_id !== null, (query) => query.where('article_id', '=', columns.article_id))
    .$if(columns.account_id !== null, (query) => query.where('account_id', '=', columns.account_id))
    .$if(columns.source_id !== null, (query) => query.where('source_id', '=', columns.source_id))
}
