import type { Hono } from 'hono'
import { SINCE, sinceOf } from '../../engagement/since.ts'
import { byOf, stats } from '../../engagement/stats.ts'
import type { Web } from '../routes.ts'

/** `GET /stats?by=account|article&since=30d`: what posts brought, as `crieur stats --json` tells it. */
export function readStats(door: Hono, { store: { db, clock } }: Web): void {
  door.get('/stats', async (context) => {
    const by = byOf(context.req.query('by') ?? 'account')
    const since = sinceOf(context.req.query('since') ?? SINCE, clock())
    return context.json(await stats(db, { since, by }))
  })
}
