import type { Hono } from 'hono'
import { bearersOnly } from '../entry.ts'
import { machines } from '../machines.ts'
import type { Web } from '../routes.ts'
import { readArticles, takeArticles } from './articles.ts'
import { decideDeliveries, readDeliveries } from './deliveries.ts'
import { readQueue } from './queue.ts'
import { readStats } from './stats.ts'

/** What scripts may ask and decide. An article may also be sent signed; everything else takes the token. */
export function api(web: Web): Hono {
  return machines(web, (door) => {
    takeArticles(door, web)
    door.use(bearersOnly(web))
    readArticles(door, web)
    readQueue(door, web)
    readDeliveries(door, web)
    decideDeliveries(door, web)
    readStats(door, web)
  })
}
