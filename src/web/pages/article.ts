import { html } from 'hono/html'
import { articleStory, type ArticleView } from '../../deliveries/story.ts'
import type { DeliveryWithPost } from '../../deliveries/view.ts'
import { decisionsOn, type DecisionView } from '../../decisions/ledger.ts'
import { latestCounts, series } from '../../engagement/stats.ts'
import { tellCount } from '../../locale/counts.ts'
import { stateWord } from '../../locale/decisions.ts'
import { reasonIn } from '../../locale/errors.ts'
import { sentenceOf } from '../../locale/problem.ts'
import { hostOf, webAddress } from '../address.ts'
import { deliveryOf } from '../delivery.ts'
import type { Markup } from '../markup.ts'
import { readStory, type Told } from '../read.ts'
import type { Web } from '../routes.ts'
import { answer, resolutions } from './answers.ts'
import { frame, moment, type View } from './frame.ts'
import { shown } from '../shown.ts'
import { countsOf } from './rows.ts'
import { timerOf } from './stories.ts'

const kinds = ['likes', 'reposts', 'replies', 'quotes', 'views'] as const

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
  const timer = timerOf(view)
  const { words } = view
  // Nothing from third parties: a picture of the site would tell it who looks.
  const pictures = web.sandbox !== null
  const body = html`${headOf(story, view)} ${answersOf(story, view)}
    <div class="deliveries">
      ${drawn.deliveries.map(
        (one) =>
          html`<div>
            ${deliveryOf(pictures ? one : withoutPictures(one), drawn.site, words, timer)}
            ${pictures ? '' : picturesOf(one, view)}
          </div>`,
      )}
    </div>
    ${story.deliveries.map((one, at) => {
      const counted = counts.get(numbers[at] ?? 0)
      return html`<section class="history" aria-labelledby="${one.id}-history">
        <h2 id="${one.id}-history">
          <bdi>${shown(one.account, 60)}</bdi> <span class="faint">${one.id}</span>
        </h2>
        ${one.changedSince ? html`<p class="warning">${words.page.changedSince}</p>` : ''}
        ${one.state === 'uncertain' && one.dueAt === null ? html`<div class="answers">${resolutions(view, one)}</div>` : ''}
        ${counted === undefined ? '' : html`<p>${countsOf(words, counted)}</p>`}
        ${attemptsOf(one, view)} ${samplesOf(samples[at] ?? [], view)}
      </section>`
    })}
    ${decisionsOf(decided, story, view)}`
  return frame(view, { place: 'articles', title: shown(story.title || story.url, 80) }, body)
}

function withoutPictures(told: Told): Told {
  const drafts = told.drafts.map((draft) =>
    draft.card === null ? draft : { ...draft, card: { ...draft.card, image: null } },
  )
  return { ...told, drafts }
}

/** Where the pictures would be: what they show, and where they are. */
function picturesOf({ drafts }: Told, { words }: View): Markup[] {
  return drafts.flatMap(({ card }) => {
    const href = webAddress(card?.image?.url)
    if (href === null || !card?.image) return []
    const alt = shown(card.image.alt ?? '', 300)
    return [
      html`<p class="faint picture" dir="auto">
        <a href="${href}" rel="noreferrer">${words.page.picture}</a
        >${alt === '' ? '' : html`: ${alt}`}
      </p>`,
    ]
  })
}

function headOf(story: ArticleView, view: View): Markup {
  const { words } = view
  const href = webAddress(story.url)
  const host = hostOf(story.url)
  const reason = story.problem === null ? '' : sentenceOf(words, story.problem)
  return html`<header class="title" dir="auto">
    <h1 lang="${story.language ?? ''}">${shown(story.title || story.url, 600)}</h1>
    <p class="source">
      ${href === null ? host : html`<a href="${href}" rel="noreferrer">${host}</a>`} ·
      ${words.page.heard({ at: '' }).trim()} ${moment(view, story.heardAt)}
      ${words.page.vias[story.via]} · ${story.id}
    </p>
    ${story.deliveries.length > 0 ? '' : html`<p>${words.articles.whyNot[story.state]({ reason })}</p>`}
  </header>`
}

/** What can be said of all its posts together. */
function answersOf({ id, version, deliveries }: ArticleView, view: View): Markup {
  const { answers } = view.words.page
  const states = new Set(deliveries.map(({ state }) => state))
  const forms = [
    ...(states.has('held')
      ? [answer(view, { on: id, kind: 'approve', version }, answers.approve, { tone: 'main' })]
      : []),
    ...(states.has('held') || states.has('pending')
      ? [answer(view, { on: id, kind: 'cancel', version }, answers.cancel)]
      : []),
    ...(states.has('failed') || states.has('canceled')
      ? [answer(view, { on: id, kind: 'retry', version }, answers.retry)]
      : []),
  ]
  return forms.length === 0 ? html`` : html`<div class="answers">${forms}</div>`
}

function attemptsOf({ attempts }: DeliveryWithPost, view: View): Markup {
  const { page, deliveries } = view.words
  if (attempts.length === 0) return html`<p class="faint">${page.noAttempts}</p>`
  return html`<h3>${page.attempts}</h3>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">${page.time}</th>
            <th scope="col">${page.did}</th>
            <th scope="col">${page.outcome}</th>
            <th scope="col">${page.reason}</th>
          </tr>
        </thead>
        <tbody>
          ${attempts.map(
            ({ at, operation, outcome, reason }) =>
              html`<tr>
                <td class="when">${moment(view, at)}</td>
                <td>${deliveries.operations[operation]}</td>
                <td>${outcome === null ? '…' : deliveries.outcomes[outcome]}</td>
                <td dir="auto">${shown(reasonIn(view.words, reason ?? ''))}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`
}

function samplesOf(samples: Awaited<ReturnType<typeof series>>, view: View): Markup {
  const { page, engagement } = view.words
  if (samples.length === 0) return html`<p class="faint">${page.noCounts}</p>`
  return html`<h3>${page.counts}</h3>
    <div class="scroll">
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">${page.time}</th>
            ${kinds.map((kind) => html`<th scope="col">${engagement.kinds[kind]}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${samples.map(
            (sample) =>
              html`<tr>
                <td class="when">${moment(view, sample.at)}</td>
                ${kinds.map((kind) => html`<td>${tellCount(view.words, sample, kind)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`
}

function decisionsOf(decided: readonly DecisionView[], story: ArticleView, view: View): Markup {
  const { words } = view
  const own = words.page
  const nameOf = (id: string | null) =>
    story.deliveries.find((one) => one.id === id)?.account ?? story.id
  return html`<section class="history" aria-labelledby="decisions">
    <h2 id="decisions">${own.decisions}</h2>
    ${
      decided.length === 0
        ? html`<p class="faint">${own.noDecisions}</p>`
        : html`<div class="scroll">
            <table>
              <thead>
                <tr>
                  <th scope="col">${own.time}</th>
                  <th scope="col">${own.who}</th>
                  <th scope="col">${own.door}</th>
                  <th scope="col">${own.account}</th>
                  <th scope="col">${own.change}</th>
                </tr>
              </thead>
              <tbody>
                ${decided.map(
                  ({ at, who, door, kind, delivery, from, to }) =>
                    html`<tr>
                      <td class="when">${moment(view, at)}</td>
                      <td><bdi>${shown(who, 80)}</bdi></td>
                      <td>${words.decisions.doors[door]}</td>
                      <td><bdi>${shown(nameOf(delivery), 60)}</bdi></td>
                      <td>
                        ${words.decisions.kinds[kind]}: ${shown(stateWord(words, from), 60)} →
                        ${shown(stateWord(words, to), 60)}
                      </td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
  </section>`
}
