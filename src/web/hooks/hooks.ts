import type { Hono } from 'hono'
import { takeSiteEvent } from '../../deliveries/heard.ts'
import { bodyOf, textOf } from '../body.ts'
import { signed } from '../entry.ts'
import { checkReachable, tellTaken } from '../heard.ts'
import { machines } from '../machines.ts'
import type { Web } from '../routes.ts'
import { parseNotice } from './wordpress.ts'

/** What sites tell of their articles: signed messages, each of which acts once. */
export function hooks(web: Web): Hono {
  return machines(web, (door) => {
    door.post('/wordpress', async (context) => {
      const body = await bodyOf(context)
      const message = signed(context, web, body)
      const event = parseNotice(textOf(body))
      checkReachable(event.url, web)
      const taken = await takeSiteEvent(web.store, event, message)
      const told = await tellTaken(web, taken)
      return context.json(told, 202, { Location: told.follow })
    })
  })
}
