import { html } from 'hono/html'
import type { AccountOverview, Overview } from '../../deliveries/overview.ts'
import { errorSentence } from '../../locale/errors.ts'
import { noticeSentence } from '../../locale/notices.ts'
import { sentenceOf } from '../../locale/problem.ts'
import type { Markup } from '../markup.ts'
import { answersTo, steer } from './answers.ts'
import { moment, tellMoment, type View } from './frame.ts'
import { shown } from '../shown.ts'

/** So long after the last sweep somebody should look: it happens each minute. */
const SWEPT_MS = 4 * 60_000
/** So many lines of what comes next; the queue on the command line has more. */
const COMING = 12

/** Health in one line. */
export function healthLine(
  { words, config }: View,
  seen: Overview,
  { swept, needs, now }: { swept: Date | null; needs: number; now: Date },
): Markup {
  const { health } = words.page
  const late = swept !== null && now.getTime() - swept.getTime() > SWEPT_MS
  const at = swept === null ? '' : tellMoment(config, swept.toISOString())
  const worker =
    swept === null ? health.neverSwept : late ? health.still({ at }) : health.swept({ at })
  const sources = seen.sources.map(({ url, lastReadAt }) => {
    const source = URL.parse(url)?.host ?? url
    return lastReadAt === null
      ? health.unpolled({ source })
      : health.polled({ source, at: tellMoment(config, lastReadAt) })
  })
  const tone = late || swept === null || needs > 0 ? 'bad' : 'good'
  return html`<p class="health ${tone}">
      <span>${health.runs}</span> <span>${words.web.store}</span> <span>${worker}</span>
      ${sources.slice(0, 3).map((line) => html`<span>${line}</span> `)}
      <span>${needs === 0 ? health.nothing : health.needs({ count: needs })}</span>
    </p>
    ${seen.sources.map(({ problem }) => (problem === null ? '' : html`<p class="reason">${words.page.problem({ message: sentenceOf(words, problem) })}</p>`))}`
}

/** What needs a person, each with its answers. */
export function needsSection(view: View, seen: Overview, count: number): Markup {
  const { words } = view
  if (seen.notices.length === 0) return html``
  return html`<section class="needs" aria-labelledby="needs">
    <h2 id="needs">${words.page.needs}</h2>
    <ul>
      ${seen.notices.map(
        (notice) =>
          html`<li id="${notice.id}" data-notice="${notice.kind}">
            <p class="what" dir="auto">
              ${shown(noticeSentence(words, notice), 400)}
              ${notice.article === null ? '' : html`<a href="/articles/${notice.article.id}">${notice.article.id}</a>`}
            </p>
            <div class="answers">${answersTo(view, notice)}</div>
          </li>`,
      )}
    </ul>
    ${count > seen.notices.length ? html`<p class="faint">${words.page.moreWaiting({ count: count - seen.notices.length })}</p>` : ''}
  </section>`
}

/** Each account with its state, last success and switch. */
export function accountsSection(view: View, { accounts }: Overview): Markup {
  const own = view.words.page
  return html`<section aria-labelledby="accounts">
    <h2 id="accounts">${own.accounts}</h2>
    <div class="scroll">
      <table class="accounts">
        <thead>
          <tr>
            <th scope="col">${own.account}</th>
            <th scope="col">${own.state}</th>
            <th scope="col">${own.posts}</th>
            <th scope="col">${own.lastSuccess}</th>
            <td></td>
          </tr>
        </thead>
        <tbody>
          ${accounts.map((account) => accountRow(view, account))}
        </tbody>
      </table>
    </div>
  </section>`
}

function accountRow(view: View, account: AccountOverview): Markup {
  const { words } = view
  const own = words.page
  const counted = account.states.map(
    ({ state, count }) => `${words.deliveries.states[state]} ${count}`,
  )
  const stopped = account.paused !== null
  return html`<tr class="${account.platform}">
    <th scope="row">
      <span class="mark" aria-hidden="true"></span>
      <bdi>${shown(account.account, 60)}</bdi>
      ${account.title === null ? '' : html`<span class="faint"><bdi>${shown(account.title, 80)}</bdi></span>`}
    </th>
    <td class="${stopped || !account.configured ? 'bad' : ''}">${stateOf(view, account)}</td>
    <td>${counted.join(' · ')}</td>
    <td>${account.lastSuccessAt === null ? own.never : moment(view, account.lastSuccessAt)}</td>
    <td>
      ${account.configured ? steer(view, account.account, stopped ? 'resume' : 'pause', stopped ? own.resume : own.pause) : ''}
    </td>
  </tr>`
}

function stateOf(
  { words, config }: View,
  { paused, waitUntil, configured }: AccountOverview,
): string {
  const own = words.page
  if (!configured) return own.gone
  if (paused?.kind === 'person') return own.pausedBy({ who: shown(paused.reason, 60) })
  if (paused !== null)
    return shown(errorSentence(words, { kind: paused.kind, message: paused.reason }))
  return waitUntil === null ? own.runs : own.waits({ at: tellMoment(config, waitUntil) })
}

/** What goes out next, and about when. */
export function nextSection(view: View, { next }: Overview): Markup {
  const own = view.words.page
  const more = next.length - COMING
  return html`<section aria-labelledby="coming">
    <h2 id="coming">${own.next}</h2>
    ${
      next.length === 0
        ? html`<p class="faint">${own.nothingNext}</p>`
        : html`<div class="scroll">
            <table>
              <thead>
                <tr>
                  <th scope="col">${own.when}</th>
                  <th scope="col">${own.account}</th>
                  <th scope="col">${own.article}</th>
                </tr>
              </thead>
              <tbody>
                ${next.slice(0, COMING).map(
                  (row) =>
                    html`<tr>
                      <td class="when">${moment(view, row.about)}</td>
                      <td><bdi>${shown(row.account, 60)}</bdi></td>
                      <td class="title" dir="auto">
                        <a href="/articles/${row.article}">${shown(row.title, 140)}</a>
                      </td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
    ${more > 0 ? html`<p class="faint">${own.moreWaiting({ count: more })}</p>` : ''}
  </section>`
}
