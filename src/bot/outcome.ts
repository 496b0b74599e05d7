import type { Decided } from '../deliveries/decide.ts'
import type { Decision } from '../deliveries/moves.ts'
import { lateSentence, movedSentence, refusalSentence } from '../locale/decisions.ts'
import { momentOf, type Sight } from './cards/sight.ts'

/** What came of a decision, in a sentence or two. `on`: what it was about, as it was typed or pressed. */
export function outcomeSentence(
  sight: Sight,
  { kind }: Pick<Decision, 'kind'>,
  on: string,
  { moved, refused, articles, late, seen }: Decided,
): string {
  const { words } = sight
  const moment = (iso: string) => momentOf(iso, sight)
  if (late !== null) return lateSentence(words, on, late, moment)
  if (articles !== null) return words.decisions.flood(articles)
  if (seen) return words.decisions.states.seen
  const [first] = moved
  if (first !== undefined) {
    const what = movedSentence(words, kind, first)
    return moved.length === 1 ? `${first.account}: ${what}` : `${what} (${moved.length})`
  }
  const [left] = refused
  if (left === undefined) return words.decisions.refused.nothing()
  return `${left.account}: ${refusalSentence(words, kind, left, moment)}`
}

/** The article that a decision was about, to be shown afterwards; null where it was about many. */
export function articleOf({ moved, refused }: Decided): string | null {
  const articles = new Set([...moved, ...refused].map(({ article }) => article))
  const [one] = articles
  return articles.size === 1 && one !== undefined ? one : null
}
