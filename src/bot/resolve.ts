import { askedLately, forgetMessage, keptAt, type KeptMessage } from './kept.ts'
import { articleOf, outcomeSentence } from './outcome.ts'
import type { Talk } from './talk.ts'
import { say } from './text.ts'

/** So long a link is the answer to what was asked, and no article to be announced. */
const LATELY_MS = 10 * 60_000

/** Asks where a post stands that nobody else can see; the next link is the answer. */
export async function askWhere(
  talk: Talk,
  delivery: { id: string; version: number; account: string },
): Promise<void> {
  const text = talk.sight.words.bot.sendLink({ account: delivery.account })
  await talk.show(`ask:${delivery.id}:${delivery.version}`, say([text]))
}

/**
 * Takes a link as the answer to the question that it replies to, else to the last one lately asked. False where
 * nothing was asked. Throws `Problem` where no post of that account can be there.
 */
export async function resolveAsked(
  talk: Talk,
  url: string,
  replyTo: number | null,
): Promise<boolean> {
  const { desk, chat, sight } = talk
  const since = new Date(sight.clock().getTime() - LATELY_MS)
  const replied =
    replyTo === null ? null : await keptAt(sight.db, desk.bot, { chat, message: replyTo })
  const asked =
    questionIn(replied) ?? questionIn(await askedLately(sight.db, desk.bot, chat, since))
  if (asked === null) return false
  const decision = { kind: 'resolve', as: 'published', url } as const
  const { delivery, version } = asked
  const decided = await talk.decide({ on: { delivery }, version, decision })
  await forgetMessage(sight.db, desk.bot, asked.message)
  await talk.say(outcomeSentence(sight, decision, `d${delivery}`, decided))
  const article = articleOf(decided)
  if (article !== null) await talk.show(article)
  return true
}

function questionIn(message: KeptMessage | null) {
  const [, delivery, version] = /^ask:d(\d+):(\d+)$/.exec(message?.subject ?? '') ?? []
  if (message === null || delivery === undefined) return null
  return { message, delivery: Number(delivery), version: Number(version) }
}
