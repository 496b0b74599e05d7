import { html } from 'hono/html'
import { type ArticleLine, newestLines } from '../../deliveries/story.ts'
import type { DeliveryWithPost } from '../../deliveries/view.ts'
import { type CountsView, latestCounts } from '../../engagement/stats.ts'
import { sentenceOf } from '../../locale/problem.ts'
import { webAddress } from '../address.ts'
import type { Markup } from '../markup.ts'
import { shown } from '../shown.ts'
import type { Web } from '../routes.ts'
import { countCells, countHeads, kinds } from './counts.ts'
import type { View } from './frame.ts'
import { moment } from './moments.ts'
import { standing } from './standing.ts'

/** The newest articles, each with every post's state, link and counts. `oldest`: where older ones begin. */
export async function newestRows(
  { store: { db } }: Web,
  view: View,
  which: { limit: number; before: number | null },
): Promise<{ rows: Markup; oldest: string | null }> {
  const own = view.words.page
  const stories = await newestLines(db, which)
  if (stories.length === 0)
    return { rows: html`<p class="faint">${own.nothingYet}</p>`, oldest: null }
  const ids = stories.flatMap(({ deliveries }) => deliveries.map(({ id }) => Number(id.slice(1))))
  const counts = await latestCounts(db, ids)
  const rows = html`<div class="scroll">
    <table class="last numbers">
      <thead>
        <tr>
          <th scope="col">${own.article}</th>
          <th scope="col">${own.account}</th>
          <th scope="col">${own.state}</th>
          ${countHeads(view.words)}
        </tr>
      </thead>
      ${stories.map((story) => storyRows(view, story, counts))}
    </table>
  </div>`
  return { rows, oldest: stories.length < which.limit ? null : (stories.at(-1)?.id ?? null) }
}

function storyRows(
  view: View,
  story: ArticleLine,
  counts: ReadonlyMap<number, CountsView>,
): Markup {
  const { id, title, url, language, publishedAt, heardAt, deliveries } = story
  const head = html`<th scope="rowgroup" rowspan="${Math.max(1, deliveries.length)}">
    <a class="headline" href="/articles/${id}" lang="${language ?? ''}"
      ><bdi>${shown(title || url, 160)}</bdi></a
    >
    <span class="faint">${moment(view, publishedAt ?? heardAt)}</span>
  </th>`
  if (deliveries.length === 0) {
    return html`<tbody>
      <tr>
        ${head}
        <td class="why" colspan="${kinds.length + 2}" dir="auto">${whyNone(view, story)}</td>
      </tr>
    </tbody>`
  }
  return html`<tbody>
    ${deliveries.map(
      (one, at) =>
        html`<tr class="${one.platform}" data-platform="${one.platform}" data-state="${one.state}">
          ${at === 0 ? head : ''}${postCells(view, one, counts.get(Number(one.id.slice(1))))}
        </tr>`,
    )}
  </tbody>`
}

/** An article without posts says why. */
function whyNone({ words }: View, { state, problem }: ArticleLine): string {
  const reason = problem === null ? '' : sentenceOf(words, problem)
  return shown(words.articles.whyNot[state]({ reason }), 200)
}

function postCells(view: View, delivery: DeliveryWithPost, counts: CountsView | undefined): Markup {
  const { account, state, url } = delivery
  const href = webAddress(url)
  const name = html`<span class="mark" aria-hidden="true"></span><bdi>${shown(account, 40)}</bdi>`
  const counted = counts !== undefined && counts.countedAt !== null
  return html`<td class="account">
      ${href === null ? name : html`<a href="${href}" rel="noreferrer">${name}</a>`}
    </td>
    <td class="stands">
      <span class="dot" aria-hidden="true"></span>${view.words.deliveries.states[state]}
    </td>
    ${counted ? countCells(view.words, counts) : html`<td class="why" colspan="${kinds.length}" dir="auto">${standing(view, delivery)}</td>`}`
}
