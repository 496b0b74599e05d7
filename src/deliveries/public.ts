import type { DecisionView } from '../decisions/ledger.ts'
import { errorSentence } from '../locale/errors.ts'
import { noticeSentence } from '../locale/notices.ts'
import { sentenceOf } from '../locale/problem.ts'
import type { Words } from '../locale/words.ts'
import type { NoticeView } from '../notices/view.ts'
import type { Overview } from './overview.ts'
import type { ArticleView } from './story.ts'
import type { DeliveryWithPost } from './view.ts'

/** What a door knows of deliveries beside their own rows, by their number. */
export interface Beside {
  /** Their newest counts, as the door got them from `engagement`. */
  counts?: ReadonlyMap<number, object>
  /** What people decided about them, about their article, and about others. */
  decisions?: readonly DecisionView[]
}

/**
 * A delivery as scripts get it from every door: `Delivery` in the docs, the posts themselves left out. `counts`
 * (null where nothing was counted) and `decisions` stand in it where the door hands them in.
 */
export function publicDelivery(
  { drafts, ...delivery }: DeliveryWithPost,
  words: Words,
  { counts, decisions }: Beside = {},
) {
  return {
    ...delivery,
    text: drafts[0]?.text ?? null,
    error: told(delivery.error, words),
    change: delivery.change && {
      ...delivery.change,
      error: told(delivery.change.error, words),
    },
    ...(counts && { counts: counts.get(Number(delivery.id.slice(1))) ?? null }),
    ...(decisions && { decisions: decisions.filter((one) => one.delivery === delivery.id) }),
  }
}

function told(error: DeliveryWithPost['error'], words: Words) {
  return error && { kind: error.kind, message: errorSentence(words, error) }
}

/** An article as scripts get it from every door: `Article` in the docs. */
export function publicArticle(story: ArticleView, words: Words, beside: Beside = {}) {
  return {
    ...story,
    problem:
      story.problem === null
        ? null
        : { kind: story.problem.kind, message: sentenceOf(words, story.problem) },
    deliveries: story.deliveries.map((delivery) => publicDelivery(delivery, words, beside)),
    ...(beside.decisions && {
      decisions: beside.decisions.filter(({ delivery }) => delivery === null),
    }),
  }
}

/** The queue and the notices that are open, as scripts get them from every door. */
export function publicQueue(seen: Overview & { notices: readonly NoticeView[] }, words: Words) {
  return {
    ...seen,
    sources: seen.sources.map((source) => ({
      ...source,
      problem: source.problem && sentenceOf(words, source.problem),
    })),
    notices: seen.notices.map((notice) => ({ ...notice, message: noticeSentence(words, notice) })),
  }
}
