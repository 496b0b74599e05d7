import type { Context, Hono } from 'hono'
import { type Decided, decide } from '../../deliveries/decide.ts'
import type { Decision } from '../../deliveries/moves.ts'
import { refer, type Target } from '../../deliveries/refer.ts'
import { lateSentence, refusalSentence } from '../../locale/decisions.ts'
import { Problem } from '../../locale/problem.ts'
import type { Words } from '../../locale/words.ts'
import { notices } from '../../notices/view.ts'
import { wakeAccounts } from '../../queue/accounts.ts'
import type { Db } from '../../store/store.ts'
import { bodyOf, textOf } from '../body.ts'
import type { PublicProblem } from '../problems.ts'
import type { Web } from '../routes.ts'
import { idOf, tellDeliveries } from './beside.ts'
import { decided, parseWish } from './wish.ts'

/** `GET /deliveries/:id`: a delivery, or all of an article. */
export function readDeliveries(door: Hono, web: Web): void {
  door.get('/deliveries/:id', async (context) => {
    const target = await refer(web.store.db, context.req.param('id'))
    if ('notice' in target) throw new Problem('nothing-here', {})
    return context.json(await tellTarget(web, target, []))
  })
}

/** `POST /deliveries/:id/{retry,cancel,approve,delete,resolve}`: what a script decided, about what it saw. */
export function decideDeliveries(door: Hono, web: Web): void {
  const { store, words } = web
  const by = { who: words.decisions.doors.api, door: 'api' } as const
  for (const kind of decided) {
    door.post(`/deliveries/:id/${kind}`, async (context) => {
      const id = context.req.param('id')
      const on = await refer(store.db, id)
      const { decision, version, newest } = parseWish(kind, textOf(await bodyOf(context)))
      if (newest !== null) await onlyFlood(store.db, on)
      const queue = await web.queue() // where it cannot be had, nothing is to be decided
      const means = { db: store.db, clock: store.clock, wake: wakeAccounts.bind(null, queue) }
      const wish = { on, version, decision, by, ...(newest !== null && { newest }) }
      return answer(context, web, { id, on, kind }, await decide(means, wish))
    })
  }
}

interface Asked {
  /** As it stood in the address. */
  id: string
  on: Target
  kind: Decision['kind']
}

async function answer(context: Context, web: Web, asked: Asked, came: Decided): Promise<Response> {
  const refusal = refusalOf(asked, came, web.words)
  const touched = [...came.moved, ...came.refused].map(({ id }) => idOf(id))
  const told = await tellTarget(web, asked.on, touched)
  if (refusal === null) {
    return context.json(came.articles === null ? told : { ...told, articles: came.articles })
  }
  const as = 'deliveries' in told ? told : { delivery: told }
  return context.json({ ...refusal, ...as }, 409)
}

/** Why nothing was done, and what was decided last, by whom; null where something was. */
function refusalOf(
  { id, kind }: Asked,
  { moved, refused, articles, late, seen }: Decided,
  words: Words,
) {
  const moment = (iso: string) => iso
  if (late !== null) {
    const message = lateSentence(words, id, late, moment)
    return { ...problem('decision-late', message), decision: late.last }
  }
  const [first] = refused
  if (moved.length > 0 || articles !== null || seen) return null
  if (first === undefined) {
    return { ...problem('decision-unfit', words.decisions.refused.nothing()), decision: null }
  }
  const message = refusalSentence(words, kind, first, moment)
  return { ...problem(`decision-${first.why}`, message), decision: first.last }
}

function problem(kind: string, message: string): PublicProblem {
  return { error: { kind, message } }
}

/** A delivery by itself; of an article all of its deliveries, of a notice those that were `touched`. */
async function tellTarget(web: Web, on: Target, touched: readonly number[]) {
  if ('article' in on) return { deliveries: await tellDeliveries(web, { article: on.article }) }
  if ('notice' in on) return { deliveries: await tellDeliveries(web, { deliveries: touched }) }
  const [delivery] = await tellDeliveries(web, { delivery: on.delivery })
  if (delivery === undefined) throw new Problem('unknown-id', { id: `d${on.delivery}` })
  return delivery
}

/** Throws `newest-elsewhere` where something else than a flood is meant. */
async function onlyFlood(db: Db, on: Target): Promise<void> {
  const [notice] = 'notice' in on ? await notices(db, { id: on.notice }) : []
  if (notice?.kind !== 'flood') throw new Problem('newest-elsewhere', {})
}
