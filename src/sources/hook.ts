import type { Tx } from '../articles/ledger.ts'
import type { SourceRow } from './ledger.ts'

/** How long the answer to a signed message is kept; who asks again does so much sooner. */
const REMEMBERED_MS = 30 * 24 * 3_600_000

/**
 * The source that a site's hooks are. Its first hook is its baseline: what it published before is known to it,
 * not to us.
 */
export async function hookSource(tx: Tx, site: string, now: Date): Promise<SourceRow> {
  const known = await tx
    .selectFrom('sources')
    .selectAll()
    .where('url', '=', site)
    .executeTakeFirst()
  if (known !== undefined) return known
  await tx
    .insertInto('sources')
    .values({ url: site, kind: 'hook', configured: false, baseline_at: now, due_at: now })
    .onConflict((conflict) => conflict.column('url').doNothing())
    .execute()
  return tx.selectFrom('sources').selectAll().where('url', '=', site).executeTakeFirstOrThrow()
}

/** Since when articles of that host are new to us: the oldest baseline of its sources. */
export async function baselineOf(tx: Tx, host: string, now: Date): Promise<Date> {
  const sources = await tx
    .selectFrom('sources')
    .select(['url', 'baseline_at'])
    .where('baseline_at', 'is not', null)
    .execute()
  return sources
    .filter(({ url }) => URL.parse(url)?.host === host)
    .reduce(
      (first, { baseline_at }) => (baseline_at && baseline_at < first ? baseline_at : first),
      now,
    )
}

/** The article that a signed message told of when it came first; null where it is new. */
export async function answerTo(tx: Tx, message: string): Promise<number | null> {
  const row = await tx
    .selectFrom('hook_messages')
    .select('article_id')
    .where('id', '=', message)
    .executeTakeFirst()
  return row?.article_id ?? null
}

/** Keeps what a signed message told of. */
export async function keepAnswer(
  tx: Tx,
  message: string,
  article: number,
  now: Date,
): Promise<void> {
  await tx
    .insertInto('hook_messages')
    .values({ id: message, at: now, article_id: article })
    .execute()
}

/** Forgets messages that nobody sends again. */
export async function forgetMessages(db: Pick<Tx, 'deleteFrom'>, now: Date): Promise<void> {
  await db
    .deleteFrom('hook_messages')
    .where('at', '<', new Date(now.getTime() - REMEMBERED_MS))
    .execute()
}
