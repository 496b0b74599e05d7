import { findByKeys, giveKeys, holdKeys, insertHeard, type ArticleRow, type Tx } from './ledger.ts'
import type { Heard } from './named.ts'
import type { Hint } from './read.ts'

/** WordPress tells before the tags and the picture of the same request are stored. */
const SETTLING_MS = 2000

/** What a site told of one of its articles. */
export interface Hooked {
  /** `gone`: trashed, or public no more. */
  event: 'publish' | 'update' | 'gone'
  url: string
  keys: readonly string[]
  source: number
  hint: Hint | null
  /** It was published before we knew that site: an update of it is no reason to announce it. */
  before: boolean
}

/**
 * Keeps what a site told, which is a hint only: the article itself is read a little later, and announced only
 * then. What was known from the baseline stays known; what is gone is withdrawn.
 */
export async function hearHooked(tx: Tx, hooked: Hooked, now: Date): Promise<Heard> {
  await holdKeys(tx, hooked.keys)
  const known = await findByKeys(tx, hooked.keys)
  if (known === null) return hearFirst(tx, hooked, now)
  await giveKeys(tx, known.id, hooked.keys)
  return { article: known.id, readAt: await hearMore(tx, known, hooked, now) }
}

async function hearFirst(tx: Tx, hooked: Hooked, now: Date): Promise<Heard> {
  const { event, url, source, hint, before, keys } = hooked
  const state =
    event === 'gone' ? 'withdrawn' : event === 'update' && before ? 'known' : ('heard' as const)
  const dueAt = state === 'heard' ? later(now) : null
  const row = await insertHeard(tx, { url, keys, via: 'hook', source, hint, state, dueAt }, now)
  return { article: row.id, readAt: row.due_at }
}

async function hearMore(
  tx: Tx,
  known: ArticleRow,
  { event, source, hint }: Hooked,
  now: Date,
): Promise<Date | null> {
  const row = tx.updateTable('articles').where('id', '=', known.id)
  const readAt = later(now)
  if (event === 'gone') {
    const nothing = { due_at: null, reread_at: null, lease_until: null }
    await row
      .set({ state: 'withdrawn', withdrawn_at: now, ...nothing })
      .where('state', '!=', 'known')
      .execute()
    return null
  }
  switch (known.state) {
    case 'known':
      return null
    case 'ready':
      await row.set({ reread_at: readAt }).execute()
      return readAt
    case 'heard':
      // Who reads it at this moment may see it as it was.
      await row.set({ due_at: readAt, reread_at: known.lease_until && readAt }).execute()
      return readAt
    case 'unreadable':
    case 'withdrawn':
      await row
        .set({
          state: 'heard',
          via: 'hook',
          source_id: source,
          hint: hint === null ? null : JSON.stringify(hint),
          due_at: readAt,
          problem: null,
          tries: 0,
        })
        .execute()
      return readAt
  }
}

function later(now: Date): Date {
  return new Date(now.getTime() + SETTLING_MS)
}
