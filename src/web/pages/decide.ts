import type { Context } from 'hono'
import { z } from 'zod'
import { configuredAccounts } from '../../accounts/ledger.ts'
import { pause, resume } from '../../accounts/steer.ts'
import { type Decided, decide } from '../../deliveries/decide.ts'
import type { Decision } from '../../deliveries/moves.ts'
import { refer } from '../../deliveries/refer.ts'
import {
  lateSentence,
  movedSentence,
  refusalSentence,
  steeredSentence,
} from '../../locale/decisions.ts'
import { Problem, sentenceOf } from '../../locale/problem.ts'
import { wakeAccounts } from '../../queue/accounts.ts'
import { formOf } from '../form.ts'
import type { Web } from '../routes.ts'
import { tellMoment } from './moments.ts'

const by = { who: 'page', door: 'page' } as const

/** A form as it is sent: everything is text. */
const form = z
  .object({
    on: z.string().regex(/^[adn]\d{1,15}$/),
    version: z.coerce.number().int().nonnegative(),
    newest: z.coerce.number().int().min(0).max(9999).optional(),
  })
  .and(
    z.union([
      z.object({ kind: z.enum(['approve', 'retry', 'cancel', 'delete']) }),
      z.object({ kind: z.literal('resolve'), as: z.enum(['send again', 'leave']) }),
      z.object({
        kind: z.literal('resolve'),
        as: z.literal('published'),
        url: z.string().max(500),
      }),
    ]),
  )

/** Carries out what a form says; answers what came of it, in a sentence. */
export async function decideByForm(web: Web, context: Context): Promise<string> {
  const { words } = web
  const parsed = form.safeParse(await formOf(context))
  if (!parsed.success) return words.page.formWrong
  const { on, version, newest, ...rest } = parsed.data
  const decision: Decision = rest
  const { db, clock } = web.store
  try {
    const target = await refer(db, on)
    const wake = wakeAccounts.bind(null, await web.queue()) // where it cannot be had, nothing is decided
    const more = newest === undefined ? {} : { newest }
    const wish = { on: target, version, decision, by, ...more }
    const decided = await decide({ db, clock, wake }, wish)
    return outcome(web, decided, decision.kind, on)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return sentenceOf(words, error)
  }
}

function outcome(
  { words, config, store }: Web,
  { moved, refused, articles, late, seen }: Decided,
  kind: Decision['kind'],
  on: string,
): string {
  const moment = (iso: string) => tellMoment({ config, now: store.clock() }, iso)
  if (late !== null) return lateSentence(words, on, late, moment)
  if (articles !== null) return words.decisions.flood(articles)
  if (seen) return words.decisions.states.seen
  const say = (account: string, sentence: string) => words.page.onAccount({ account, sentence })
  const told = moved.map((one) => say(one.account, movedSentence(words, kind, one)))
  const left = refused.map((one) => say(one.account, refusalSentence(words, kind, one, moment)))
  return [...told, ...left].join(' · ') || words.decisions.refused.nothing()
}

/** Stops an account, or lets it go on; answers what came of it. */
export async function steerByForm(web: Web, name: string, how: string): Promise<string> {
  const { words, config, store } = web
  const { db, clock } = store
  const account = (await configuredAccounts(db)).find((one) => one.name === name)
  if (account === undefined || (how !== 'pause' && how !== 'resume')) return words.page.formWrong
  const queue = await web.queue()
  const steered = await (how === 'pause' ? pause : resume)(db, account.id, by, clock())
  if (how === 'resume') await wakeAccounts(queue, [account])
  return steeredSentence(words, steered, (iso) => tellMoment({ config, now: clock() }, iso))
}
