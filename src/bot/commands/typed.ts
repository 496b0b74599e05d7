import type { Decision } from '../../deliveries/moves.ts'
import { refer } from '../../deliveries/refer.ts'
import { Problem, sentenceOf } from '../../locale/problem.ts'
import type { Talk } from '../desk.ts'
import { articleOf, outcomeSentence } from '../outcome.ts'

/** Carries out a decision about what somebody typed (`a12`, `d34`, `n5`, an address), and shows what came of it. */
export async function decideTyped(
  talk: Talk,
  typed: string,
  decision: Decision,
  newest?: number,
): Promise<void> {
  const { sight } = talk
  try {
    const on = await refer(sight.db, typed)
    const more = newest === undefined ? {} : { newest }
    const decided = await talk.decide({ on, version: null, decision, ...more })
    await talk.say(outcomeSentence(sight, decision, typed, decided))
    const article = articleOf(decided)
    if (article !== null) await talk.show(article)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await talk.say(sentenceOf(sight.words, error))
  }
}
