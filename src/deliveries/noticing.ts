import type { Selectable, Transaction } from 'kysely'
import { close, closeAbout, findOpen, raise } from '../notices/ledger.ts'
import type { DeliveriesTable, Ledger, NoticeKind } from '../store/schema.ts'

type Row = Pick<
  Selectable<DeliveriesTable>,
  'id' | 'state' | 'due_at' | 'lease_token' | 'left_at' | 'change_state'
>

/**
 * Brings notices in line with what these deliveries have become, in the transaction that moved them: what
 * needs a person now is raised, what needs nobody any more is closed. A held article is one notice for all of
 * its deliveries; a flood has its own (`flood.ts`).
 */
export async function noticeStates(
  tx: Transaction<Ledger>,
  deliveries: readonly number[],
  now: Date,
): Promise<void> {
  if (deliveries.length === 0) return
  const rows = await tx
    .selectFrom('deliveries')
    .select(['id', 'state', 'due_at', 'lease_token', 'left_at', 'change_state', 'article_id'])
    .where('id', 'in', [...deliveries])
    .execute()
  const open = await tx
    .selectFrom('notices')
    .select(['id', 'kind', 'delivery_id'])
    .where('delivery_id', 'in', [...deliveries])
    .where('closed_at', 'is', null)
    .execute()
  for (const row of rows) {
    const kind = kindFor(row)
    for (const notice of open) {
      if (notice.delivery_id === row.id && notice.kind !== kind) await close(tx, notice.id, now)
    }
    if (kind !== null) await raise(tx, kind, { delivery: row.id }, now)
  }
  const articles = [...new Set(rows.map((row) => row.article_id))]
  for (const article of articles) await noticeHeld(tx, article, now)
  await closeEmptyFloods(tx, articles, now)
}

function kindFor({ state, due_at, lease_token, left_at, change_state }: Row): NoticeKind | null {
  if (change_state === 'failed') return 'change'
  if (state === 'failed') return left_at === null ? 'rejected' : null
  const asks = state === 'uncertain' && due_at === null && lease_token === null && left_at === null
  return asks ? 'uncertain' : null
}

/** A flood of which nothing waits any more, since each was decided by itself. */
async function closeEmptyFloods(
  tx: Transaction<Ledger>,
  articles: readonly number[],
  now: Date,
): Promise<void> {
  const empty = await tx
    .selectFrom('notices')
    .select('id')
    .where('kind', '=', 'flood')
    .where('closed_at', 'is', null)
    .where('id', 'in', (query) =>
      query
        .selectFrom('articles')
        .select((row) => row.ref('notice_id').$notNull().as('id'))
        .where('id', 'in', [...articles])
        .where('notice_id', 'is not', null),
    )
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('articles')
            .leftJoin('deliveries', 'deliveries.article_id', 'articles.id')
            .select('articles.id')
            .whereRef('articles.notice_id', '=', 'notices.id')
            .where((each) =>
              each.or([
                each('held_for', '=', 'flood'),
                each.and([
                  each('deliveries.id', 'is', null),
                  each('articles.state', 'in', ['heard', 'ready']),
                ]),
              ]),
            ),
        ),
      ),
    )
    .execute()
  for (const { id } of empty) await close(tx, id, now)
}

async function noticeHeld(tx: Transaction<Ledger>, article: number, now: Date): Promise<void> {
  const held = await tx
    .selectFrom('deliveries')
    .select('id')
    .where('article_id', '=', article)
    .where('state', '=', 'held')
    .where('held_for', '!=', 'flood')
    .executeTakeFirst()
  if (held !== undefined) await raise(tx, 'held', { article }, now)
  else if ((await findOpen(tx, 'held', { article })) !== null)
    await closeAbout(tx, { article }, now)
}
