import { sql } from 'kysely'
import type { Draft } from '../posts/post.ts'
import type { DeliveryView } from './view.ts'

/** The open notice that asks about it: of a held one of a flood the flood's, else its own or its article's. */
export function noticeOf() {
  return sql<number | null>`(
    select notices.id from notices where notices.closed_at is null and (
      notices.delivery_id = deliveries.id
      or (deliveries.state = 'held' and deliveries.held_for != 'flood'
        and notices.article_id = deliveries.article_id)
      or (deliveries.state = 'held' and deliveries.held_for = 'flood'
        and notices.id = articles.notice_id))
    order by notices.id desc limit 1)`
}

/** Every call to its platform, oldest first. */
export function attemptsOf(delivery: ReturnType<typeof sql.ref> | { toOperationNode(): unknown }) {
  return sql<DeliveryView['attempts']>`coalesce((
    select jsonb_agg(jsonb_build_object(
        'at', to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'operation', operation, 'outcome', outcome, 'reason', reason) order by attempts.id)
      from attempts where delivery_id = ${delivery}), '[]')`
}

/** Its parts, in their order. */
export function partsOf(delivery: ReturnType<typeof sql.ref> | { toOperationNode(): unknown }) {
  return sql<
    { draft: Draft; syndication: { url: string | null } | null; removed: boolean }[]
  >`coalesce((
    select jsonb_agg(jsonb_build_object('draft', draft, 'syndication', syndication,
        'removed', removed_at is not null) order by position)
      from parts where delivery_id = ${delivery}), '[]')`
}
