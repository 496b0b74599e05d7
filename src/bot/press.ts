import { configuredAccounts } from '../accounts/ledger.ts'
import { decisionsOn } from '../decisions/ledger.ts'
import type { Decision } from '../deliveries/moves.ts'
import { refer } from '../deliveries/refer.ts'
import { refusalSentence } from '../locale/decisions.ts'
import { Problem, sentenceOf } from '../locale/problem.ts'
import { type Pressed, pressed, type Verb } from './buttons.ts'
import { card } from './cards/card.ts'
import { momentOf } from './cards/sight.ts'
import { NEWEST } from './cards/answers.ts'
import { steer } from './commands/steer.ts'
import type { Desk } from './desk.ts'
import { type Talk, talkWith } from './talk.ts'
import { fingerprint, keepMessage, keptAt } from './kept.ts'
import { articleOf, outcomeSentence } from './outcome.ts'
import { askWhere } from './resolve.ts'
import type { Press } from './update.ts'

const decisions: Partial<Record<Verb, Decision>> = {
  approve: { kind: 'approve' },
  newest: { kind: 'approve' },
  cancel: { kind: 'cancel' },
  retry: { kind: 'retry' },
  delete: { kind: 'delete' },
  again: { kind: 'resolve', as: 'send again' },
  leave: { kind: 'resolve', as: 'leave' },
}

/**
 * A pressed button: the decision it stands for, about the version it was shown with. What came of it is told at
 * once, and the message shows how things are now. A stranger's press does nothing.
 */
export async function press(desk: Desk, { id, from, message, data }: Press): Promise<void> {
  if (message?.chat.type !== 'private' || !desk.admins.includes(from.id)) {
    return desk.line.answer(id, '')
  }
  const talk = talkWith(desk, message.chat.id, from)
  const wanted = pressed(data)
  const outcome =
    wanted === null
      ? { told: talk.sight.words.decisions.refused.nothing(), subject: null }
      : await carryOut(talk, wanted)
  await desk.line.answer(id, outcome.told)
  await showAgain(talk, message.message_id, outcome.subject)
}

async function carryOut(
  talk: Talk,
  { verb, on, version }: Pressed,
): Promise<{ told: string; subject: string | null }> {
  const { sight } = talk
  try {
    if (on.startsWith('c')) {
      return { told: await steerPressed(talk, Number(on.slice(1)), verb), subject: null }
    }
    const target = await refer(sight.db, on)
    if (verb === 'there') return await askAbout(talk, on, version)
    const decision = decisions[verb]
    if (decision === undefined) return { told: '', subject: on }
    const newest = verb === 'newest' ? { newest: NEWEST } : {}
    const decided = await talk.decide({ on: target, version, decision, ...newest })
    const told = outcomeSentence(sight, decision, on, decided)
    return { told, subject: on.startsWith('n') ? on : articleOf(decided) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { told: sentenceOf(sight.words, error), subject: null }
  }
}

async function steerPressed(talk: Talk, account: number, verb: Verb): Promise<string> {
  const known = await configuredAccounts(talk.sight.db)
  if (!known.some(({ id }) => id === account)) return talk.sight.words.decisions.refused.nothing()
  return steer(talk, account, verb === 'pause')
}

/** «It is there»: where, only the person knows. Asked only while nobody has answered. */
async function askAbout(talk: Talk, id: string, version: number) {
  const { sight } = talk
  const { db, words } = sight
  const delivery = Number(id.slice(1))
  const row = await db
    .selectFrom('deliveries')
    .innerJoin('accounts', 'accounts.id', 'deliveries.account_id')
    .select(['name', 'article_id', 'state', 'version'])
    .where('deliveries.id', '=', delivery)
    .executeTakeFirstOrThrow()
  const subject = `a${row.article_id}`
  if (row.version === version && row.state === 'uncertain') {
    await askWhere(talk, { id, version, account: row.name })
    return { told: '', subject }
  }
  const last = (await decisionsOn(db, { deliveries: [delivery] })).at(-1) ?? null
  const refused = { why: 'changed', state: row.state, last } as const
  return {
    told: `${row.name}: ${refusalSentence(words, 'resolve', refused, (iso) => momentOf(iso, sight))}`,
    subject,
  }
}

/** The message shows what is true now: what it is about by our memory of it, else what the button was about. */
async function showAgain(talk: Talk, message: number, subject: string | null): Promise<void> {
  const { desk, chat, sight } = talk
  const known = await keptAt(sight.db, desk.bot, { chat, message })
  const about = known?.subject ?? subject
  const said = about === null ? null : await card(sight, about)
  if (about === null || said === null) return
  if (!(await desk.line.edit(chat, message, said))) return
  const kept = { chat, message, subject: about, language: sight.locale, shown: fingerprint(said) }
  await keepMessage(sight.db, desk.bot, kept, sight.clock())
}
