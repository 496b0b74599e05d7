import { html } from 'hono/html'
import type { DecisionKind } from '../../store/schema.ts'
import type { Words } from '../../locale/words.ts'
import type { NoticeView } from '../../notices/view.ts'
import type { Markup } from '../markup.ts'
import { hidden, type View } from './frame.ts'

/** What a form decides, and what its reader saw. */
interface Decides {
  on: string
  kind: Exclude<DecisionKind, 'pause' | 'resume'>
  version: number
  /** Of `resolve`: which of its three ways. */
  as?: 'published' | 'send again' | 'leave'
}

/** A form of one button, with fields before it where the answer needs some. */
export function answer(
  { session }: Pick<View, 'session'>,
  { on, kind, version, as }: Decides,
  label: string,
  { fields = html``, tone = '' }: { fields?: Markup; tone?: string } = {},
): Markup {
  return html`<form method="post" action="/decide" class="answer ${tone}">
    ${hidden(session)}
    <input type="hidden" name="on" value="${on}" />
    <input type="hidden" name="kind" value="${kind}" />
    <input type="hidden" name="version" value="${version}" />
    ${as === undefined ? '' : html`<input type="hidden" name="as" value="${as}" />`} ${fields}
    <button type="submit">${label}</button>
  </form>`
}

/** The answers that a notice asks for. */
export function answersTo(view: View, notice: NoticeView): Markup[] {
  const { answers, overdue } = view.words.page
  const { id, version } = notice
  switch (notice.kind) {
    case 'held':
      return [
        answer(view, { on: id, kind: 'approve', version }, answers.approve, { tone: 'main' }),
        answer(view, { on: id, kind: 'cancel', version }, answers.skip),
      ]
    case 'flood':
      return [
        answer(view, { on: id, kind: 'approve', version }, answers.all),
        answer(view, { on: id, kind: 'approve', version }, answers.newest, {
          fields: number(id, view.words),
        }),
        answer(view, { on: id, kind: 'cancel', version }, answers.none),
      ]
    case 'rejected':
      return notice.deliveries.map((one) =>
        answer(view, { on: one.id, kind: 'retry', version: one.version }, answers.retry),
      )
    case 'uncertain':
      return notice.deliveries.flatMap((one) => resolutions(view, one))
    case 'unauthorized':
      return notice.account === null ? [] : [steer(view, notice.account, 'resume', answers.resume)]
    case 'overdue':
      return [html`<p class="faint">${overdue}</p>`]
  }
}

/** The three answers to «is it there?». */
export function resolutions(
  view: View,
  { id, version }: { id: string; version: number },
): Markup[] {
  const { answers } = view.words.page
  const on = { on: id, kind: 'resolve', version } as const
  return [
    answer(view, { ...on, as: 'published' }, answers.there, {
      fields: html`<label
        ><span>${answers.address}</span>
        <input name="url" type="url" required maxlength="500" placeholder="https://" />
      </label>`,
    }),
    answer(view, { ...on, as: 'send again' }, answers.again),
    answer(view, { ...on, as: 'leave' }, answers.leave),
  ]
}

function number(id: string, { page }: Words): Markup {
  return html`<label
    ><span>${page.answers.number}</span>
    <input name="newest" type="number" min="0" max="9999" value="3" required id="${id}-newest" />
  </label>`
}

/** An account's switch. */
export function steer(
  { session }: Pick<View, 'session'>,
  account: string,
  kind: 'pause' | 'resume',
  label: string,
): Markup {
  return html`<form
    method="post"
    action="/accounts/${encodeURIComponent(account)}/${kind}"
    class="answer"
  >
    ${hidden(session)}<button type="submit">${label}</button>
  </form>`
}
