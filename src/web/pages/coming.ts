import { html } from 'hono/html'
import type { Overview } from '../../deliveries/overview.ts'
import type { Markup } from '../markup.ts'
import { shown } from '../shown.ts'
import type { View } from './frame.ts'
import { moment } from './moments.ts'

/** So many lines; the queue on the command line has more. */
const LISTED = 10

/** What goes out next, and about when. */
export function comingSection(view: View, next: Overview['next']): Markup {
  const own = view.words.page
  const more = next.length - LISTED
  return html`<section aria-labelledby="coming">
    <h2 id="coming">${own.next}</h2>
    ${next.length === 0 ? html`<p class="faint">${own.nothingNext}</p>` : html`<div class="scroll">${tableOf(view, next.slice(0, LISTED))}</div>`}
    ${more > 0 ? html`<p class="faint">${own.moreWaiting({ count: more })}</p>` : ''}
  </section>`
}

function tableOf(view: View, next: Overview['next']): Markup {
  const own = view.words.page
  return html`<table class="coming">
    <thead>
      <tr>
        <th scope="col">${own.when}</th>
        <th scope="col">${own.account}</th>
        <th scope="col">${own.article}</th>
      </tr>
    </thead>
    <tbody>
      ${next.map(
        ({ about, account, article, title }) =>
          html`<tr>
            <td class="when">${moment(view, about)}</td>
            <td><bdi>${shown(account, 60)}</bdi></td>
            <td class="title">
              <a href="/articles/${article}"><bdi>${shown(title, 140)}</bdi></a>
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`
}
