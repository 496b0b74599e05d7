import { Hono } from 'hono'
import { sql } from 'kysely'
import { z } from 'zod'
import { overview } from '../deliveries/overview.ts'
import type { Db } from '../store/store.ts'
import { bears } from './entry.ts'
import type { Web } from './routes.ts'

/** A database that takes longer than this is of no use to anybody now. */
const ANSWER_MS = 2000

/** What `/healthz` says, by which one Crieur knows another. */
const alive = z.object({ crieur: z.literal('alive') })

/**
 * `/healthz`: the process lives; whoever bears the API's token is told how accounts and sources are. `/readyz`:
 * everything is up and the store answers, else 503.
 */
export function health(web: Pick<Web, 'config' | 'store'>, ready: () => boolean): Hono {
  const { db } = web.store
  const routes = new Hono()
  routes.use(async (context, next) => {
    await next()
    context.header('Cache-Control', 'no-store')
  })
  routes.get('/healthz', async (context) => {
    const told = { crieur: 'alive' } satisfies z.infer<typeof alive>
    return context.json(bears(context, web) ? { ...told, ...(await wellbeing(web)) } : told)
  })
  routes.get('/readyz', async (context) => {
    const up = ready()
    const store = await answers(db)
    return context.json({ ready: up && store, started: up, store }, up && store ? 200 : 503)
  })
  return routes
}

/** When each account last published, and each source was last read; nothing where the store does not answer. */
async function wellbeing({ store: { db, clock } }: Pick<Web, 'store'>): Promise<object> {
  if (!(await answers(db))) return {}
  const { accounts, sources } = await overview(db, clock())
  return {
    accounts: accounts.map(({ id: _id, title: _title, states: _states, ...account }) => account),
    sources: sources.map(({ url, lastReadAt, problem }) => ({
      url,
      lastReadAt,
      problem: problem?.kind ?? null,
    })),
  }
}

/** Whether a Crieur answers at that address, which may be anything. */
export async function isCrieur(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(1000) })
    return alive.safeParse(await answer.json()).success
  } catch {
    return false
  }
}

async function answers(db: Db): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>()
  const timer = setTimeout(resolve, ANSWER_MS, false)
  const asked = sql`select 1`.execute(db).then(
    () => true,
    () => false,
  )
  return Promise.race([asked, late]).finally(() => clearTimeout(timer))
}
