import type { Hono } from 'hono'
import { overview } from '../../deliveries/overview.ts'
import { publicQueue } from '../../deliveries/public.ts'
import { notices } from '../../notices/view.ts'
import type { Web } from '../routes.ts'

/** `GET /queue`: deliveries by account and state, what goes out next, what needs a person, open notices. */
export function readQueue(door: Hono, { store: { db, clock }, words }: Web): void {
  door.get('/queue', async (context) => {
    const [seen, open] = await Promise.all([overview(db, clock()), notices(db)])
    return context.json(publicQueue({ ...seen, notices: open }, words))
  })
}
