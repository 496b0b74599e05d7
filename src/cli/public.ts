import type { ArticleView } from '../deliveries/story.ts'
import type { DeliveryWithPost } from '../deliveries/view.ts'
import { errorSentence } from '../locale/errors.ts'
import { sentenceOf } from '../locale/problem.ts'
import type { Words } from '../locale/words.ts'

/** A delivery as scripts get it: the posts themselves are `preview`'s and the page's. */
export function publicDelivery({ drafts, ...delivery }: DeliveryWithPost, words: Words) {
  return {
    ...delivery,
    text: drafts[0]?.text ?? null,
    error: delivery.error && {
      kind: delivery.error.kind,
      message: errorSentence(words, delivery.error),
    },
  }
}

/** An article as scripts get it. */
export function publicArticle(story: ArticleView, words: Words) {
  return {
    ...story,
    problem:
      story.problem === null
        ? null
        : { kind: story.problem.kind, message: sentenceOf(words, story.problem) },
    deliveries: story.deliveries.map((delivery) => publicDelivery(delivery, words)),
  }
}
