import { html } from 'hono/html'
import { whole } from '../../articles/kept.ts'
import { decisionsOn } from '../../decisions/ledger.ts'
import { type ArticleView, articleStory } from '../../deliveries/story.ts'
import { latestCounts, series } from '../../engagement/stats.ts'
import { sentenceOf } from '../../locale/problem.ts'
import { hostOf, webAddress } from '../address.ts'
import type { Markup } from '../markup.ts'
import { readStory } from '../read.ts'
import type { Web } from '../routes.ts'
import { shown } from '../shown.ts'
import { answer, type Offer } from './answers.ts'
import { postColumn } from './post.ts'
import { frame, type View } from './frame.ts'
import { attemptsSection, countsSection, decisionsSection } from './history.ts'
import { moment } from './moments.ts'
import { shareLine } from './share.ts'
import { isUnderWay } from './standing.ts'

const REFRESH_S = 5

/** One article: its posts as they look, what was tried, decided and counted. Null where there is none. */
export async function articlePage(web: Web, view: View, id: number): Promise<Markup | null> {
  const { db } = web.store
  const [story, drawn] = await Promise.all([articleStory(db, id), readStory(web, id)])
  if (story === null || drawn === null) return null
  const numbers = story.deliveries.map((one) => Number(one.id.slice(1)))
  const [decided, counts, ...samples] = await Promise.all([
    decisionsOn(db, { deliveries: numbers, article: id }),
    latestCounts(db, numbers),
    ...numbers.map((number) => series(db, number)),
  ])
  const counted = story.deliveries.map((one, at) => ({ delivery: one, samples: samples[at] ?? [] }))
  const body = html`${headOf(story, view)} ${answersOf(story, view)}
    ${drawn.deliveries.length === 0 ? '' : html`<h2 class="aloud">${view.words.page.posts}</h2>`}
    <div class="deliveries">
      ${drawn.deliveries.map((told) =>
        postColumn(view, {
          told,
          site: drawn.site,
          withdrawn: story.state === 'withdrawn',
          counts: counts.get(Number(told.id.slice(1))),
        }),
      )}
    </div>
    ${drawn.article === null ? '' : await shareLine(web, view, whole(drawn.article))}
    ${attemptsSection(view, story)} ${countsSection(view, counted)}
    ${decisionsSection(view, story, decided)}`
  const moving = story.deliveries.some((one) => isUnderWay(one, view.now))
  const asks = story.deliveries.some(({ state }) => state === 'uncertain')
  const title = shown(story.title || story.url, 80)
  return frame(
    view,
    { place: 'articles', title, refreshS: moving && !asks ? REFRESH_S : null },
    body,
  )
}

function headOf(story: ArticleView, view: View): Markup {
  const { words } = view
  const { url, title, language, via, heardAt, id, state, problem, deliveries } = story
  const href = webAddress(url)
  const host = hostOf(url)
  const reason = problem === null ? '' : sentenceOf(words, problem)
  const why = deliveries.length > 0 ? '' : words.articles.whyNot[state]({ reason })
  return html`<header class="title">
    <h1 id="${id}-title" lang="${language ?? ''}" dir="auto">${shown(title || url, 600)}</h1>
    <p class="source">
      ${href === null ? host : html`<a href="${href}" rel="noreferrer">${host}</a>`} ·
      ${words.page.heard({ via: words.page.vias[via] })} · ${moment(view, heardAt)} · ${id}
    </p>
    ${why === '' ? '' : html`<p class="why" dir="auto">${shown(why, 400)}</p>`}
  </header>`
}

/** What can be said of several of its posts together; each has its own answers besides. */
function answersOf({ id, version, deliveries }: ArticleView, view: View): Markup {
  const { answers } = view.words.page
  const several = (...states: string[]) =>
    deliveries.filter(({ state }) => states.includes(state)).length > 1
  const offers: Offer[] = [
    ...(several('held') ? [{ kind: 'approve', label: answers.approve, main: true } as const] : []),
    ...(several('held', 'pending') ? [{ kind: 'cancel', label: answers.cancelAll } as const] : []),
    ...(several('failed', 'canceled') ? [{ kind: 'retry', label: answers.retryAll } as const] : []),
  ]
  if (offers.length === 0) return html``
  const about = { on: id, version, about: `${id}-title` }
  return html`<div class="answers">${answer(view, about, offers)}</div>`
}
