import { openApp, quietly } from '../app.ts'
import { articleOfAddress, articleStory, type ArticleView } from '../deliveries/story.ts'
import { deliveries, type DeliveryWithPost } from '../deliveries/view.ts'
import { Problem, sentenceOf } from '../locale/problem.ts'
import type { Words } from '../locale/words.ts'
import type { Command, Invocation } from './command.ts'
import { publicArticle, publicDelivery } from '../deliveries/public.ts'
import { tellArticle, tellMoment, tellState } from './tell.ts'
import { safe } from './terminal.ts'

/** `crieur show`: everything known about an article, a delivery or an address; of one never posted, why. */
export const show: Command = {
  options: { json: { type: 'boolean' } },
  words: { least: 1, most: 1 },
  run: async (invocation) => {
    const { config, positionals, stopping } = invocation
    const wanted = wantedOf(positionals[0] ?? '')
    const app = await openApp(quietly(config), null, stopping)
    try {
      const { db } = app.store
      if (wanted.noun === 'delivery') {
        const [delivery] = await deliveries(db, { delivery: wanted.id })
        if (delivery === undefined) throw new Problem('unknown-id', { id: `d${wanted.id}` })
        return tellOne(invocation, delivery)
      }
      const id = wanted.noun === 'article' ? wanted.id : await articleOfAddress(db, wanted.url)
      const story = id === null ? null : await articleStory(db, id)
      if (story !== null) return tellWhole(invocation, story)
      if (wanted.noun === 'address') return tellUnheard(invocation, wanted.url)
      throw new Problem('unknown-id', { id: `a${wanted.id}` })
    } finally {
      await app.close()
    }
  },
}

type Wanted =
  | { noun: 'article'; id: number }
  | { noun: 'delivery'; id: number }
  | { noun: 'address'; url: string }

function wantedOf(typed: string): Wanted {
  const id = /^([ad])(\d{1,15})$/.exec(typed)
  if (id?.[1] === 'a') return { noun: 'article', id: Number(id[2]) }
  if (id !== null) return { noun: 'delivery', id: Number(id[2]) }
  if (/^https?:\/\//i.test(typed) && URL.canParse(typed)) return { noun: 'address', url: typed }
  throw new Problem('usage-id', { typed })
}

function tellOne({ json, words, config, at }: Invocation, delivery: DeliveryWithPost): number {
  if (json) {
    at.stdout.write(`${JSON.stringify(publicDelivery(delivery, words))}\n`)
    return 0
  }
  const lines = [
    `${delivery.id}  ${tellState(delivery, words, config)}`,
    ...attemptLines(delivery, words, config),
  ]
  const [draft] = delivery.drafts
  if (draft !== undefined) lines.push('', safeLines(draft.text), `${draft.count} / ${draft.limit}`)
  at.stdout.write(`${lines.join('\n')}\n`)
  return 0
}

function tellWhole({ json, words, config, at }: Invocation, story: ArticleView): number {
  const why = whyNotPosted(story, words)
  if (json) {
    at.stdout.write(`${JSON.stringify({ ...publicArticle(story, words), why })}\n`)
    return 0
  }
  const lines = [tellArticle(story, words, config, at.stdout)]
  if (why !== null) lines.push(why)
  for (const delivery of story.deliveries) {
    lines.push('', `${delivery.id}  ${delivery.account}`, ...attemptLines(delivery, words, config))
  }
  at.stdout.write(`${lines.join('\n')}\n`)
  return 0
}

function tellUnheard({ json, words, at }: Invocation, url: string): number {
  const why = words.articles.neverHeard({ url: safe(url) })
  if (json) at.stdout.write(`${JSON.stringify({ url, state: 'unheard', why, deliveries: [] })}\n`)
  else at.stdout.write(`${why}\n`)
  return 0
}

/** Why an article has no posts, in a sentence; null where it has. */
function whyNotPosted(story: ArticleView, words: Words): string | null {
  if (story.deliveries.length > 0) return null
  const reason = story.problem === null ? '' : sentenceOf(words, story.problem)
  return words.articles.whyNot[story.state]({ reason })
}

function attemptLines(
  delivery: DeliveryWithPost,
  words: Words,
  config: Invocation['config'],
): string[] {
  return delivery.attempts.map(({ at, operation, outcome, reason }) => {
    const parts = [
      tellMoment(at, config),
      words.deliveries.operations[operation],
      outcome === null ? '…' : words.deliveries.outcomes[outcome],
      reason,
    ]
    return `     ${parts
      .filter((part) => part !== null)
      .map((part) => safe(part))
      .join(' · ')}`
  })
}

function safeLines(text: string): string {
  return text.split('\n').map(safe).join('\n')
}
