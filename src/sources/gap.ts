import type { Transaction } from 'kysely'
import { close, raise } from '../notices/ledger.ts'
import type { Ledger } from '../store/schema.ts'
import type { Db } from '../store/store.ts'
import type { SourceRow } from './ledger.ts'

/** Whoever was told for so long has seen it. */
const TOLD_FOR_MS = 24 * 3_600_000

/** What one reading of a feed brought: how many items it holds, and how many of them nobody had heard of. */
interface Reading {
  items: number
  heard: number
  everyMs: number
}

/**
 * A feed that has brought articles before, and holds nothing but new ones, may have held others meanwhile: a person is
 * told. One that only ever holds its newest article does so each time, which is no news while it is read on time.
 */
export async function noticeGap(
  tx: Transaction<Ledger>,
  source: SourceRow,
  { items, heard, everyMs }: Reading,
  now: Date,
): Promise<void> {
  const { id, last_read_at: last } = source
  const onTime = last !== null && now.getTime() - last.getTime() < 2 * everyMs
  if (source.baseline_at === null || items === 0 || heard < items) return
  if (items === 1 && onTime) return
  const before = await tx
    .selectFrom('articles')
    .select('id')
    .where('source_id', '=', id)
    .where('heard_at', '<', now)
    .limit(1)
    .executeTakeFirst()
  if (before !== undefined) await raise(tx, 'gap', { source: id }, now)
}

/** Closes what was told for a day. */
export async function forgetGaps(db: Db, now: Date): Promise<void> {
  const told = await db
    .selectFrom('notices')
    .select('id')
    .where('kind', '=', 'gap')
    .where('closed_at', 'is', null)
    .where('raised_at', '<', new Date(now.getTime() - TOLD_FOR_MS))
    .execute()
  for (const { id } of told) await close(db, id, now)
}
