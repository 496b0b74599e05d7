import { type ExpressionBuilder, sql } from 'kysely'
import type { Counts } from '../platforms/platform.ts'
import type { Ledger } from '../store/schema.ts'
import type { Db } from '../store/store.ts'
import type { CountKind } from './merge.ts'

/** Counts of several posts together: null where none of them could be known. */
export interface Sums extends Counts {
  posts: number
  /** ISO 8601: the newest count among them. */
  countedAt: string | null
}

/** What was published since then, with its counts as far as there are any; null: all. */
export function published(db: Db, since: Date | null) {
  return db
    .selectFrom('deliveries')
    .leftJoin('counts', 'counts.delivery_id', 'deliveries.id')
    .where('deliveries.state', 'in', ['published', 'deleted'])
    .where('deliveries.published_at', 'is not', null)
    .$if(since !== null, (query) =>
      query.where('deliveries.published_at', '>=', since ?? new Date(0)),
    )
}

type Row = ExpressionBuilder<Pick<Ledger, 'deliveries' | 'counts'>, 'deliveries' | 'counts'>

/** Numbers of a group, added up in the database. */
export function sums(row: Row) {
  const sum = (column: CountKind) => row.fn.sum<number | null>(`counts.${column}`).as(column)
  const anyRounded = (kind: 'likes' | 'views') =>
    sql<boolean | null>`bool_or(${row.ref('counts.rounded')} ? ${sql.lit(kind)})`
  return [
    row.fn.countAll<number>().as('posts'),
    sum('likes'),
    sum('reposts'),
    sum('replies'),
    sum('quotes'),
    sum('views'),
    anyRounded('likes').as('about_likes'),
    anyRounded('views').as('about_views'),
    row.fn.max('counts.counted_at').as('counted_at'),
  ]
}

/** The same as people and scripts read it. */
export function sumsOf({
  about_likes,
  about_views,
  counted_at,
  posts,
  likes,
  reposts,
  replies,
  quotes,
  views,
}: {
  [kind in CountKind]: number | null
} & {
  posts: number
  about_likes: boolean | null
  about_views: boolean | null
  counted_at: Date | null
}): Sums {
  const rounded: ('likes' | 'views')[] = []
  if (about_likes === true) rounded.push('likes')
  if (about_views === true) rounded.push('views')
  const countedAt = counted_at?.toISOString() ?? null
  return { posts, likes, reposts, replies, quotes, views, rounded, countedAt }
}
