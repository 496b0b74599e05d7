import { Problem, sentenceOf } from '../locale/problem.ts'
import type { Talk } from './desk.ts'
import { askedLately, forgetMessage } from './kept.ts'
import { articleOf, outcomeSentence } from './outcome.ts'
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

/** Takes a link as the answer, where something was asked lately. False where nothing was. */
export async function resolveAsked(talk: Talk, url: string): Promise<boolean> {
  const { desk, chat, sight } = talk
  const since = new Date(sight.clock().getTime() - LATELY_MS)
  const asked = await askedLately(sight.db, desk.bot, chat, since)
  const [, id, version] = /^ask:d(\d+):(\d+)$/.exec(asked?.subject ?? '') ?? []
  if (asked === null || id === undefined) return false
  const decision = { kind: 'resolve', as: 'published', url } as const
  try {
    const wish = { on: { delivery: Number(id) }, version: Number(version), decision }
    const decided = await talk.decide(wish)
    await forgetMessage(sight.db, desk.bot, asked)
    await talk.say(outcomeSentence(sight, decision, `d${id}`, decided))
    const article = articleOf(decided)
    if (article !== null) await talk.show(article)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await talk.say(sentenceOf(sight.words, error))
  }
  return true
}
