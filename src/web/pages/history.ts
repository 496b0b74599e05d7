import { html } from 'hono/html'
import type { DecisionView } from '../../decisions/ledger.ts'
import type { ArticleView } from '../../deliveries/story.ts'
import type { DeliveryWithPost } from '../../deliveries/view.ts'
import type { SampleView } from '../../engagement/stats.ts'
import { stateWord } from '../../locale/decisions.ts'
import { reasonIn } from '../../locale/errors.ts'
import type { Markup } from '../markup.ts'
import { shown } from '../shown.ts'
import { countCells, countHeads, kinds } from './counts.ts'
import type { View } from './frame.ts'
import { moment } from './moments.ts'

/** What was tried for its posts, oldest first. */
export function attemptsSection(view: View, { deliveries }: ArticleView): Markup {
  const { page, deliveries: own } = view.words
  const attempts = deliveries
    .flatMap(({ account, attempts: tried }) => tried.map((one) => ({ ...one, account })))
    .toSorted((one, other) => one.at.localeCompare(other.at))
  if (deliveries.length === 0) return html``
  const rows = attempts.map(
    ({ at, account, operation, outcome, reason }) =>
      html`<tr>
        <td class="when">${moment(view, at)}</td>
        <td><bdi>${shown(account, 60)}</bdi></td>
        <td>${own.operations[operation]}</td>
        <td>${outcome === null ? '…' : own.outcomes[outcome]}</td>
        <td class="words" dir="auto">${shown(reasonIn(view.words, reason ?? ''))}</td>
      </tr>`,
  )
  const heads = [page.time, page.account, page.did, page.outcome, page.reason]
  return section('attempts', page.attempts, page.noAttempts, headed(heads), rows)
}

/** What readers did over time: for each post a line for each change, oldest first. */
export function countsSection(
  view: View,
  counted: readonly { delivery: DeliveryWithPost; samples: readonly SampleView[] }[],
): Markup {
  const { page } = view.words
  if (counted.length === 0) return html``
  const bodies = counted
    .filter(({ samples }) => samples.length > 0)
    .map(
      ({ delivery, samples }) =>
        html`<tbody>
          <tr>
            <th scope="rowgroup" colspan="${kinds.length + 1}">
              <bdi>${shown(delivery.account, 60)}</bdi>
            </th>
          </tr>
          ${samples.map(
            (sample) =>
              html`<tr>
                <td class="when">${moment(view, sample.at)}</td>
                ${countCells(view.words, sample)}
              </tr>`,
          )}
        </tbody>`,
    )
  const heads = html`<th scope="col">${page.time}</th>
    ${countHeads(view.words)}`
  return section('counts', page.counts, page.noCounts, heads, bodies, true)
}

/** Who decided what about it, by which door, oldest first. */
export function decisionsSection(
  view: View,
  { id, deliveries }: ArticleView,
  decided: readonly DecisionView[],
): Markup {
  const { words } = view
  const own = words.page
  if (deliveries.length + decided.length === 0) return html``
  const nameOf = (delivery: string | null) =>
    deliveries.find((one) => one.id === delivery)?.account ?? id
  const rows = decided.map(
    ({ at, who, door, kind, delivery, from, to }) =>
      html`<tr>
        <td class="when">${moment(view, at)}</td>
        <td><bdi>${shown(nameOf(delivery), 60)}</bdi></td>
        <td>
          ${own.changed({
            what: words.decisions.kinds[kind],
            from: shown(stateWord(words, from), 60),
            to: shown(stateWord(words, to), 60),
          })}
        </td>
        <td><bdi>${shown(who, 80)}</bdi></td>
        <td>${words.decisions.doors[door]}</td>
      </tr>`,
  )
  const heads = [own.time, own.account, own.change, own.who, own.door]
  return section('decisions', own.decisions, own.noDecisions, headed(heads), rows)
}

function headed(heads: readonly string[]): Markup {
  return html`${heads.map((head) => html`<th scope="col">${head}</th> `)}`
}

/** A table that is scrolled within itself where it is wider than the page, also by keyboard. */
function section(
  id: string,
  title: string,
  none: string,
  heads: Markup,
  rows: readonly Markup[],
  numbers = false,
): Markup {
  const table = html`<div class="scroll" role="region" aria-labelledby="${id}" tabindex="0">
    <table class="${numbers ? 'numbers' : ''}">
      <thead>
        <tr>
          ${heads}
        </tr>
      </thead>
      ${
        numbers
          ? rows
          : html`<tbody>
              ${rows}
            </tbody>`
      }
    </table>
  </div>`
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${rows.length === 0 ? html`<p class="faint">${none}</p>` : table}
  </section>`
}
