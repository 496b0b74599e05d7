import { type App, openApp, quietly } from '../app.ts'
import { decisionsOn } from '../decisions/ledger.ts'
import { publicArticle, publicDelivery } from '../deliveries/public.ts'
import { refer, type Target } from '../deliveries/refer.ts'
import { articleStory, type ArticleView } from '../deliveries/story.ts'
import type { DeliveryWithPost } from '../deliveries/view.ts'
import { latestCounts } from '../engagement/stats.ts'
import { isProblem, sentenceOf } from '../locale/problem.ts'
import type { Words } from '../locale/words.ts'
import { type NoticeView, notices } from '../notices/view.ts'
import type { Command, Invocation } from './command.ts'
import { decisionLines, historyLines, warningLines } from './history.ts'
import { needsLines } from './needs.ts'
import { showNotice } from './show-notice.ts'
import { tellArticle, tellState } from './tell.ts'
import { safe } from './terminal.ts'

/** `crieur show`: everything known about an article, a delivery, a notice or an address; of one never posted, why. */
export const show: Command = {
  options: { json: { type: 'boolean' } },
  words: { least: 1, most: 1 },
  run: async (invocation) => {
    const { config, positionals, stopping } = invocation
    const [typed = ''] = positionals
    const app = await openApp(quietly(config), null, stopping)
    try {
      const target = await wanted(app, typed)
      if (target === null) tellUnheard(invocation, typed)
      else if ('notice' in target) await showNotice(app, invocation, target.notice)
      else await showStory(app, invocation, target)
      return 0
    } finally {
      await app.close()
    }
  },
}

/** Null for an address that nobody ever named. */
async function wanted({ store }: App, typed: string): Promise<Target | null> {
  try {
    return await refer(store.db, typed)
  } catch (error) {
    if (isProblem(error, 'unknown-address')) return null
    throw error
  }
}

/** What there is to tell of an article, and beside it. */
interface Known {
  story: ArticleView
  counts: Awaited<ReturnType<typeof latestCounts>>
  decisions: Awaited<ReturnType<typeof decisionsOn>>
  asked: NoticeView[]
}

async function showStory(
  { store: { db } }: App,
  invocation: Invocation,
  target: { delivery: number } | { article: number },
): Promise<void> {
  const article = 'article' in target ? target.article : await articleOf(db, target.delivery)
  const story = await articleStory(db, article)
  if (story === null) throw new Error(`a${article} vanished`)
  const one =
    'delivery' in target
      ? story.deliveries.find(({ id }) => id === `d${target.delivery}`)
      : undefined
  const told = one === undefined ? story.deliveries : [one]
  const ids = told.map(({ id }) => Number(id.slice(1)))
  const open = new Set(told.flatMap(({ notice }) => (notice === null ? [] : [notice])))
  const asked = await Promise.all([...open].map((id) => notices(db, { id: Number(id.slice(1)) })))
  const known = {
    story,
    counts: await latestCounts(db, ids),
    decisions: await decisionsOn(db, { deliveries: ids, article }),
    asked: asked.flat(),
  }
  if (one === undefined) tellWhole(invocation, known)
  else tellOne(invocation, one, known)
}

async function articleOf(db: App['store']['db'], delivery: number): Promise<number> {
  const { article_id } = await db
    .selectFrom('deliveries')
    .select('article_id')
    .where('id', '=', delivery)
    .executeTakeFirstOrThrow()
  return article_id
}

function tellOne(invocation: Invocation, delivery: DeliveryWithPost, known: Known): void {
  const { json, words, config, at } = invocation
  if (json) {
    at.stdout.write(`${JSON.stringify(publicDelivery(delivery, words, known))}\n`)
    return
  }
  const lines = [
    `${delivery.id}  ${tellState(delivery, words, config)}`,
    ...linesOf(delivery, known, invocation),
  ]
  const [draft] = delivery.drafts
  if (draft !== undefined) lines.push('', safeLines(draft.text), `${draft.count} / ${draft.limit}`)
  lines.push(...needsLines(known.asked, invocation))
  at.stdout.write(`${lines.join('\n')}\n`)
}

function tellWhole(invocation: Invocation, known: Known): void {
  const { json, words, config, at } = invocation
  const { story, decisions, asked } = known
  const why = whyNotPosted(story, words)
  if (json) {
    at.stdout.write(`${JSON.stringify({ ...publicArticle(story, words, known), why })}\n`)
    return
  }
  const lines = [tellArticle(story, words, config, at.stdout)]
  if (why !== null) lines.push(why)
  const whole = decisions.filter(({ delivery }) => delivery === null)
  lines.push(...decisionLines(whole, invocation))
  for (const delivery of story.deliveries) {
    const more = linesOf(delivery, known, invocation)
    if (more.length > 0) lines.push('', `${delivery.id}  ${delivery.account}`, ...more)
  }
  lines.push(...needsLines(asked, invocation))
  at.stdout.write(`${lines.join('\n')}\n`)
}

function linesOf(delivery: DeliveryWithPost, known: Known, invocation: Invocation): string[] {
  const { story, decisions, counts } = known
  const { changedSince, withdrawnSince } = invocation.words.deliveries
  const since = story.state === 'withdrawn' ? withdrawnSince : changedSince
  return [
    ...historyLines(delivery, decisions, counts.get(Number(delivery.id.slice(1))), invocation),
    ...warningLines(delivery, invocation),
    ...(delivery.changedSince && delivery.change === null ? [`     ${since()}`] : []),
  ]
}

function tellUnheard({ json, words, at }: Invocation, url: string): void {
  const why = words.articles.neverHeard({ url: safe(url) })
  if (json) at.stdout.write(`${JSON.stringify({ url, state: 'unheard', why, deliveries: [] })}\n`)
  else at.stdout.write(`${why}\n`)
}

/** Why an article has no posts, in a sentence; null where it has. */
function whyNotPosted(story: ArticleView, words: Words): string | null {
  if (story.deliveries.length > 0) return null
  const reason = story.problem === null ? '' : sentenceOf(words, story.problem)
  return words.articles.whyNot[story.state]({ reason })
}

function safeLines(text: string): string {
  return text.split('\n').map(safe).join('\n')
}
