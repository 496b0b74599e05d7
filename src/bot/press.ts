import { refer } from '../deliveries/refer.ts'
import type { Decision } from '../deliveries/moves.ts'
import { Problem, sentenceOf } from '../locale/problem.ts'
import { type Pressed, pressed, type Verb } from './buttons.ts'
import { card } from './cards/card.ts'
import { NEWEST } from './cards/notice.ts'
import { steer } from './commands/steer.ts'
import { type Desk, type Talk, talkWith } from './desk.ts'
import { keepMessage, subjectOf } from './kept.ts'
import { articleOf, outcomeSentence } from './outcome.ts'
import { askWhere } from './resolve.ts'
import type { Press } from './update.ts'

const decisions: Partial<Record<Verb, Decision>> = {
  approve: { kind: 'approve' },
  newest: { kind: 'approve' },
  cancel: { kind: 'cancel' },
  retry: { kind: 'retry' },
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
      const account = Number(on.slice(1))
      return { told: await steer(talk, account, verb === 'pause'), subject: null }
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

/** «It is there»: where, only the person knows. */
async function askAbout(talk: Talk, id: string, version: number) {
  const row = await talk.sight.db
    .selectFrom('deliveries')
    .innerJoin('accounts', 'accounts.id', 'deliveries.account_id')
    .select(['name', 'article_id'])
    .where('deliveries.id', '=', Number(id.slice(1)))
    .executeTakeFirstOrThrow()
  await askWhere(talk, { id, version, account: row.name })
  return { told: '', subject: `a${row.article_id}` }
}

/** The message shows what is true now: what it is about by our memory of it, else what the button was about. */
async function showAgain(talk: Talk, message: number, subject: string | null): Promise<void> {
  const { desk, chat, sight } = talk
  const about = (await subjectOf(sight.db, desk.bot, chat, message)) ?? subject
  const said = about === null ? null : await card(sight, about)
  if (about === null || said === null) return
  if (!(await desk.line.edit(chat, message, said))) return
  const kept = {
    chat,
    message,
    subject: about,
    language: sight.locale,
    shown: JSON.stringify(said),
  }
  await keepMessage(sight.db, desk.bot, kept, sight.clock())
}
