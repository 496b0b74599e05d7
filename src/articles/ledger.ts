import { type Selectable, sql, type Transaction } from 'kysely'
import type { Problem } from '../locale/problem.ts'
import type { ArticleState, ArticlesTable, KeptProblem, Ledger, Via } from '../store/schema.ts'
import type { Db } from '../store/store.ts'
import type { Article } from './article.ts'
import type { Hint } from './read.ts'

export type ArticleRow = Selectable<ArticlesTable>
export type Tx = Transaction<Ledger>

/** An article somebody named, still to be read. */
export interface Heard {
  url: string
  keys: readonly string[]
  via: Via
  source: number | null
  hint: Hint | null
  /** `known`: it was there before we came, and is never announced unasked. */
  state: 'heard' | 'known'
  /** When to read it; null where it need not be read. */
  dueAt: Date | null
}

/** The row that any of these keys belongs to. */
export async function findByKeys(db: Db | Tx, keys: readonly string[]): Promise<ArticleRow | null> {
  if (keys.length === 0) return null
  const row = await db
    .selectFrom('articles')
    .selectAll()
    .where('id', 'in', (query) =>
      query
        .selectFrom('article_keys')
        .select('article_id')
        .where('key', 'in', [...keys]),
    )
    .orderBy((row) => row('state', '=', 'ready'), 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/** The number of the lock that everybody who hears of articles takes. */
const HEARING = 0x68656172

/** Two who hear of one article in the same moment must not both find it unknown. Held to the transaction's end. */
export async function holdKeys(tx: Tx, keys: readonly string[]): Promise<void> {
  // The shared one is against `holdAllKeys` only: who hears of other articles does not wait.
  await sql`
    with gate as materialized (select pg_advisory_xact_lock_shared(${HEARING}))
    select pg_advisory_xact_lock(hashtextextended(key, 0))
      from gate, (select unnest(${[...keys]}::text[]) as key order by 1) sorted`.execute(tx)
}

/** The same for whoever hears of many at once, such as all that a feed holds. */
async function holdAllKeys(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${HEARING})`.execute(tx)
}

/**
 * Keeps what was heard; the same article heard again, by any of its keys, is the row it was. Null where it was
 * known, and where it has no key at all (a home page): it could never be known again.
 */
export async function hear(tx: Tx, heard: Heard, now: Date): Promise<number | null> {
  if (heard.keys.length === 0) return null
  await holdAllKeys(tx)
  if ((await findByKeys(tx, heard.keys)) !== null) return null
  return (await insertHeard(tx, heard, now)).id
}

/** A site that brings many at once is read a few a second: neither it nor we are to feel it. */
const READING_EVERY_MS = 250

/** When the next article of a source is to be read: not before the moment given, nor too soon after the last one. */
function nextReading(source: number, earliest: Date) {
  return sql<Date>`greatest(${earliest}::timestamptz, (
    select max(due_at) + ${READING_EVERY_MS} * interval '1 millisecond' from articles
      where source_id = ${source} and due_at is not null and state = 'heard'))`
}

/** A row for an article that was not known, with its keys; answers when it is to be read. */
export async function insertHeard(
  tx: Tx,
  { url, keys, via, source, hint, state, dueAt }: Omit<Heard, 'state'> & { state: ArticleState },
  now: Date,
): Promise<{ id: number; due_at: Date | null }> {
  const due =
    dueAt !== null && source !== null ? nextReading(source, dueAt) : sql`${dueAt}::timestamptz`
  const { rows } = await sql<{ id: number; due_at: Date | null }>`
    with heard as (
      insert into articles (url, state, via, source_id, hint, due_at, heard_at)
        values (${url}, ${state}, ${via}, ${source},
          ${hint === null ? null : JSON.stringify(hint)}::jsonb, ${due}, ${now})
        returning id, due_at
    ), keyed as (
      insert into article_keys (key, article_id)
        select unnest(${[...keys]}::text[]), id from heard
        on conflict do nothing
    )
    select id, due_at from heard`.execute(tx)
  const [row] = rows
  if (row === undefined) throw new Error(`${url} was not kept`)
  return row
}

/** When each of these is to be read. */
export async function readingsOf(
  db: Db,
  articles: readonly number[],
): Promise<{ id: number; at: Date }[]> {
  const rows = await db
    .selectFrom('articles')
    .select(['id', 'due_at'])
    .where('id', 'in', [...articles, 0])
    .where('state', '=', 'heard')
    .orderBy('id')
    .execute()
  return rows.flatMap(({ id, due_at }) => (due_at === null ? [] : [{ id, at: due_at }]))
}

/** How an article that was read is kept. */
export interface Keeping {
  /** The row it was heard under; null where it was read before it was heard. */
  heardAs: number | null
  via: Via
  /** When it is to be announced by itself, should nobody do it sooner; null: whoever keeps it announces it. */
  dueAt: Date | null
  /** When reading began: what its site told later is still to be read. */
  began?: Date
  now: Date
}

/**
 * Keeps an article that was read. `heardAs` is the row it was heard under, where there is one: should its page
 * show that another row stands for the same article, that row takes over and this one goes; what was there at
 * the baseline stays known, unless somebody named it on purpose.
 * A revision counts only where something changed that templates can use.
 */
export async function keepRead(
  tx: Tx,
  read: { article: Article; keys: readonly string[] },
  { heardAs, via, dueAt, began, now }: Keeping,
): Promise<Pick<ArticleRow, 'id' | 'state'> & { dueAt: Date | null }> {
  await holdKeys(tx, read.keys)
  const known = await findByKeys(tx, read.keys)
  const row = await rowFor(tx, known, read.article.url, heardAs, via, now)
  if (heardAs !== null && heardAs !== row.id) await giveWay(tx, heardAs, row.id)
  const isOther = heardAs !== null && heardAs !== row.id
  const withdrawn = heardAs !== null && row.state === 'withdrawn' // while it was being read
  if (withdrawn || (isOther && row.state === 'known' && isUnasked(via))) {
    await giveKeys(tx, row.id, read.keys)
    return { id: row.id, state: row.state, dueAt: null }
  }
  const article = JSON.stringify(read.article)
  const { due_at } = await tx
    .updateTable('articles')
    .set((current) => ({
      url: read.article.url,
      state: 'ready' as const,
      revision: sql<number>`${current.ref('revision')} + (${sinceKept(read.article)} is distinct from ${article}::jsonb)::int`,
      article,
      problem: null,
      // Read without having been heard: somebody names it, whoever brought it before.
      via: row.state === 'known' || (heardAs === null && isUnasked(row.via)) ? via : row.via,
      // What is due to be announced stays due, whoever reads it meanwhile.
      due_at:
        row.state === 'ready' || dueAt === null
          ? row.due_at
          : sql<Date>`greatest(${dueAt}::timestamptz, reread_at + interval '1 second')`,
      lease_until: null,
      tries: 0,
      reread_at: sql<Date | null>`case when reread_at > ${began ?? now}::timestamptz then reread_at end`,
      ready_at: now,
    }))
    .where('id', '=', row.id)
    .returning('due_at')
    .executeTakeFirstOrThrow()
  await giveKeys(tx, row.id, read.keys)
  return { id: row.id, state: 'ready', dueAt: due_at }
}

/** What is kept, as if it had been read with all fields of today: that they are known now is no revision. */
function sinceKept({ images }: Article) {
  const since = JSON.stringify({ images, posts: {} })
  return sql`${since}::jsonb || article`
}

/** Nobody named it: a feed or a hook brought it by itself. */
export function isUnasked(via: Via): boolean {
  return via === 'feed' || via === 'hook'
}

async function rowFor(
  tx: Tx,
  known: ArticleRow | null,
  url: string,
  heardAs: number | null,
  via: Via,
  now: Date,
): Promise<ArticleRow> {
  if (known !== null) return known
  if (heardAs !== null) {
    return tx.selectFrom('articles').selectAll().where('id', '=', heardAs).executeTakeFirstOrThrow()
  }
  return tx
    .insertInto('articles')
    .values({ url, state: 'heard', via, heard_at: now })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Two rows turn out to be one article: the later heard one gives its keys and goes, its id still leads there. */
async function giveWay(tx: Tx, from: number, to: number): Promise<void> {
  await tx
    .updateTable('article_keys')
    .set({ article_id: to })
    .where('article_id', '=', from)
    .execute()
  await giveKeys(tx, to, [formerId(from)])
  await tx.deleteFrom('articles').where('id', '=', from).execute()
}

const formerId = (article: number) => `was:a${article}`

/** The article that an id told once stands for now: itself, or the one it turned out to be; null where none. */
export async function standsFor(db: Db, id: number): Promise<number | null> {
  const row = await db.selectFrom('articles').select('id').where('id', '=', id).executeTakeFirst()
  return row?.id ?? (await findByKeys(db, [formerId(id)]))?.id ?? null
}

/** The article is known by these from now on, as far as no other is. */
export async function giveKeys(tx: Tx, article: number, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  await tx
    .insertInto('article_keys')
    .values(keys.map((key) => ({ key, article_id: article })))
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
}

/** Which source brought an article; null where a person did. */
export async function sourceOf(tx: Tx, article: number): Promise<number | null> {
  const row = await tx
    .selectFrom('articles')
    .select('source_id')
    .where('id', '=', article)
    .executeTakeFirst()
  return row?.source_id ?? null
}

/** An article that was read is announced once: its row for whoever takes it, null for everybody else. */
export async function takeDue(tx: Tx, article: number): Promise<ArticleRow | null> {
  const row = await tx
    .updateTable('articles')
    .set({ due_at: null })
    .where('id', '=', article)
    .where('state', '=', 'ready')
    .where('due_at', 'is not', null)
    .returningAll()
    .executeTakeFirst()
  return row ?? null
}

/** How many articles that came this way were read and are announced. */
export async function announcedVia(db: Db, via: Via): Promise<number> {
  const { rows } = await db
    .selectFrom('articles')
    .select((row) => row.fn.countAll<number>().as('rows'))
    .where('via', '=', via)
    .where('state', '=', 'ready')
    .executeTakeFirstOrThrow()
  return rows
}

/** Given up: the reason stays, and `show` tells it. An article that somebody else could read stays read. */
export async function keepUnreadable(db: Db, article: number, problem: Problem): Promise<void> {
  await db
    .updateTable('articles')
    .set({
      state: 'unreadable',
      problem: JSON.stringify(keptProblem(problem)),
      due_at: null,
      lease_until: null,
    })
    .where('id', '=', article)
    .where('state', 'in', ['heard', 'known'])
    .execute()
}

/** A problem as plain JSON; its sentence is written when somebody reads it. */
export function keptProblem(problem: Problem): KeptProblem {
  return { kind: problem.kind, facts: { ...problem.facts } }
}
