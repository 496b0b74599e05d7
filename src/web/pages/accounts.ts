import { html } from 'hono/html'
import type { AccountOverview } from '../../deliveries/overview.ts'
import { reasonIn } from '../../locale/errors.ts'
import type { Markup } from '../markup.ts'
import { shown } from '../shown.ts'
import { steer } from './answers.ts'
import type { View } from './frame.ts'
import { moment, tellMoment } from './moments.ts'

/** In this order: first what may need a look. */
const states = [
  'held',
  'uncertain',
  'failed',
  'publishing',
  'pending',
  'published',
  'deleted',
  'canceled',
] as const

/** Each account with its state, last success and switch. */
export function accountsSection(view: View, accounts: readonly AccountOverview[]): Markup {
  const own = view.words.page
  return html`<section aria-labelledby="accounts">
    <h2 id="accounts">${own.accounts}</h2>
    <div class="scroll">
      <table class="accounts">
        <thead>
          <tr>
            <th scope="col">${own.account}</th>
            <th scope="col">${own.state}</th>
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
  const { id, platform, title, paused, configured, lastSuccessAt } = account
  const stands = paused !== null || !configured
  const about = `account-${id}`
  const way =
    paused === null
      ? ({ kind: 'pause', label: own.pause, about } as const)
      : ({ kind: 'resume', label: own.resume, about } as const)
  return html`<tr class="${platform}">
    <th scope="row">
      <span class="mark" aria-hidden="true"></span>
      <bdi id="${about}">${shown(account.account, 60)}</bdi>
      ${title === null ? '' : html`<span class="faint"><bdi>${shown(title, 80)}</bdi></span>`}
    </th>
    <td>
      <span class="${stands ? 'bad' : ''}" dir="auto">${stateOf(view, account)}</span>
      <span class="faint"
        >${[countedOf(view, account), allowanceOf(view, account)].filter(Boolean).join(' · ')}</span
      >
    </td>
    <td class="when">${lastSuccessAt === null ? own.never : moment(view, lastSuccessAt)}</td>
    <td class="switch">${configured ? steer(view, account.account, way) : ''}</td>
  </tr>`
}

function countedOf({ words }: View, { states: counted }: AccountOverview): string {
  return states
    .flatMap((state) =>
      counted
        .filter((row) => row.state === state)
        .map(({ count }) => words.web.counted[state](count)),
    )
    .join(' · ')
}

/** How much more its platform takes, where it says so. */
function allowanceOf(view: View, { allowance }: AccountOverview): string {
  if (allowance === null) return ''
  const { limit, remaining, resetsAt } = allowance
  return view.words.health.allowance({ limit, remaining, at: tellMoment(view, resetsAt) })
}

function stateOf(view: View, { paused, waitUntil, configured }: AccountOverview): string {
  const { words } = view
  const own = words.page
  if (!configured) return own.gone
  if (paused?.kind === 'person') return own.pausedBy({ who: shown(paused.reason, 60) })
  if (paused !== null) {
    return own.noAccess({ reason: shown(reasonIn(words, paused.reason), 120) })
  }
  return waitUntil === null ? own.runs : own.waits({ at: tellMoment(view, waitUntil) })
}
