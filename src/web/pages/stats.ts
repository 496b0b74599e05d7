import { html } from 'hono/html'
import { type By, stats } from '../../engagement/stats.ts'
import type { Markup } from '../markup.ts'
import type { Web } from '../routes.ts'
import { countCells, countHeads } from './counts.ts'
import { frame, type View } from './frame.ts'
import { shown } from '../shown.ts'

const DAY_MS = 24 * 3_600_000
const spans = ['7d', '30d', 'all'] as const
const ways = ['account', 'article'] as const
/** More articles than this are for the table to be downloaded. */
const MOST = 200

/** What a reader of the numbers chose. */
export interface Choice {
  since: (typeof spans)[number]
  by: By
}

/** Reads a choice; what is none of ours is the usual one. */
export function choiceOf(since: string | undefined, by: string | undefined): Choice {
  return {
    since: spans.find((span) => span === since) ?? '30d',
    by: ways.find((way) => way === by) ?? 'account',
  }
}

/** From when on posts count. */
export function sinceMoment({ since }: Choice, now: Date): Date | null {
  return since === 'all' ? null : new Date(now.getTime() - Number.parseInt(since, 10) * DAY_MS)
}

/** `/stats`: what readers did, as a table. */
export async function statsPage({ store }: Web, view: View, choice: Choice): Promise<Markup> {
  const { words } = view
  const own = words.page
  const since = sinceMoment(choice, view.now)
  const rows = await stats(store.db, { since, by: choice.by, limit: MOST + 1 })
  const link = (more: Partial<Choice>, label: string) => {
    const wanted = { ...choice, ...more }
    const here = wanted.since === choice.since && wanted.by === choice.by
    return html`<a
      href="/stats?since=${wanted.since}&by=${wanted.by}"
      ${here ? html`aria-current="page"` : ''}
      >${label}</a
    > `
  }
  const body = html`<h1>${own.stats}</h1>
    <p class="choices">
      <span>${ways.map((by) => link({ by }, own.by[by]))}</span>
      <span>${spans.map((span) => link({ since: span }, own.since[span]))}</span>
      <a href="/stats.csv?since=${choice.since}&by=${choice.by}" download>${own.csv}</a>
    </p>
    ${
      rows.length === 0
        ? html`<p class="faint">${own.noStats}</p>`
        : html`<div class="scroll">
            <table class="numbers">
              <thead>
                <tr>
                  <th scope="col">${choice.by === 'account' ? own.account : own.article}</th>
                  <th scope="col">${own.posts}</th>
                  ${countHeads(words)}
                </tr>
              </thead>
              <tbody>
                ${rows.slice(0, MOST).map(
                  (row) =>
                    html`<tr>
                      <th scope="row">
                        ${'article' in row ? html`<a class="headline" href="/articles/${row.article}"><bdi>${shown(row.title, 140)}</bdi></a>` : html`<bdi>${shown(row.account, 60)}</bdi>`}
                      </th>
                      <td class="number">${words.engagement.number(row.posts)}</td>
                      ${countCells(words, row)}
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
    ${rows.length > MOST ? html`<p class="faint">${own.newestOnly({ count: MOST })}</p>` : ''}`
  return frame(view, { place: 'stats', title: own.stats }, body)
}
