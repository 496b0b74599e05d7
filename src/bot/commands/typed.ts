import { type Decided } from '../../deliveries/decide.ts'
import type { Decision } from '../../deliveries/moves.ts'
import { refer, type Target } from '../../deliveries/refer.ts'
import { Problem } from '../../locale/problem.ts'
import { notices } from '../../notices/view.ts'
import { articleOf, outcomeSentence } from '../outcome.ts'
import type { Talk } from '../talk.ts'

/** No address is longer. */
const LONGEST = 2048

/** What was typed after a command, word by word; ids as they are spelt (a phone begins with a capital). */
export function typedIn(words: string): string[] {
  return words
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => (/^[adn]\d+$/i.test(word) ? word.toLowerCase() : word.slice(0, LONGEST)))
}

/**
 * Carries out a decision about what somebody typed (`a12`, `d34`, `n5`, addresses), and shows what came of it.
 * Nothing is done before every word is understood. `newest`: of a flood only so many articles go.
 */
export async function decideTyped(
  talk: Talk,
  typed: readonly string[],
  decision: Decision,
  newest?: number,
): Promise<void> {
  const { sight } = talk
  const targets: { on: string; target: Target }[] = []
  for (const on of typed) targets.push({ on, target: await refer(sight.db, on) })
  if (newest !== undefined) await onlyFloods(talk, targets)
  const told: string[] = []
  let last: Decided | null = null
  for (const { on, target } of targets) {
    const more = newest === undefined ? {} : { newest }
    last = await talk.decide({ on: target, version: null, decision, ...more })
    told.push(outcomeSentence(sight, decision, on, last))
  }
  await talk.say(told.join('\n'))
  const article = last === null || targets.length > 1 ? null : articleOf(last)
  if (article !== null) await talk.show(article)
}

/** Throws `usage-newest` where something else than a flood is meant. */
async function onlyFloods({ sight }: Talk, targets: readonly { target: Target }[]): Promise<void> {
  for (const { target } of targets) {
    const [notice] = 'notice' in target ? await notices(sight.db, { id: target.notice }) : []
    if (notice?.kind !== 'flood') throw new Problem('usage-newest', {})
  }
}
