import { html } from 'hono/html'
import type { Decision } from '../../deliveries/moves.ts'
import type { NoticeView } from '../../notices/view.ts'
import type { Markup } from '../markup.ts'
import { hidden, type View } from './frame.ts'

/** What a form decides about, as its reader saw it. `about`: the element that says what that is. */
export interface About {
  on: string
  version: number
  about: string
}

/** One button: what it says, and what it decides. */
export interface Offer {
  label: string
  kind: Decision['kind']
  /** Of `resolve`: which of its ways. */
  as?: 'published' | 'send again' | 'leave'
  main?: boolean
}

/** A form with a button for each offer. A field before them belongs to all, so that `Enter` means the first. */
export function answer(
  { session }: Pick<View, 'session'>,
  { on, version, about }: About,
  offers: readonly Offer[],
  field: Markup = html``,
): Markup {
  const [first] = offers
  const resolves = first?.as !== undefined
  return html`<form method="post" action="/decide" class="answer">
    ${hidden(session)}<input type="hidden" name="on" value="${on}" /><input
      type="hidden"
      name="version"
      value="${version}"
    />${resolves ? html`<input type="hidden" name="kind" value="resolve" />` : ''}${field}
    ${offers.map(
      ({ label, kind, as, main }) =>
        html`<button
          name="${resolves ? 'as' : 'kind'}"
          value="${as ?? kind}"
          class="${main ? 'main' : ''}"
          aria-describedby="${about}"
        >
          ${label}
        </button> `,
    )}
  </form>`
}

/** The answers that a notice asks for. */
export function answersTo(view: View, notice: NoticeView): Markup[] {
  const { answers, overdue } = view.words.page
  const { id, version } = notice
  const about = `${id}-what`
  const all = { on: id, version, about }
  switch (notice.kind) {
    case 'held':
      return [
        answer(view, all, [
          { kind: 'approve', label: answers.approve, main: true },
          { kind: 'cancel', label: answers.skip },
        ]),
      ]
    case 'flood':
      return [
        answer(view, all, [{ kind: 'approve', label: answers.all }]),
        answer(view, all, [{ kind: 'approve', label: answers.newest }], number(view)),
        answer(view, all, [{ kind: 'cancel', label: answers.none }]),
      ]
    case 'rejected':
      return notice.deliveries.map((one) =>
        answer(view, { on: one.id, version: one.version, about }, [
          { kind: 'retry', label: answers.retry },
          { kind: 'cancel', label: answers.giveUp },
        ]),
      )
    case 'change':
      return notice.deliveries.map((one) =>
        answer(view, { on: one.id, version: one.version, about }, [
          { kind: 'retry', label: answers.retry },
          { kind: 'cancel', label: answers.leave },
        ]),
      )
    case 'gap':
      return [answer(view, all, [{ kind: 'cancel', label: answers.seen }])]
    case 'uncertain':
      return notice.deliveries.flatMap((one) =>
        resolutions(view, { on: one.id, version: one.version, about }),
      )
    case 'unauthorized':
      return notice.account === null
        ? []
        : [steer(view, notice.account, { kind: 'resume', label: answers.resume, about })]
    case 'overdue':
      return [html`<p class="faint">${overdue}</p>`]
  }
}

/** The three answers to «is it there?». */
export function resolutions(view: View, about: About): Markup[] {
  const { answers } = view.words.page
  const kind = 'resolve'
  const address = html`<label
    ><span>${answers.address}</span>
    <input name="url" type="url" required maxlength="500" placeholder="https://" />
  </label>`
  return [
    answer(view, about, [{ kind, as: 'published', label: answers.there }], address),
    answer(view, about, [
      { kind, as: 'send again', label: answers.again },
      { kind, as: 'leave', label: answers.leave },
    ]),
  ]
}

function number({ words }: View): Markup {
  return html`<label
    ><span>${words.page.answers.number}</span>
    <input name="newest" type="number" min="0" max="9999" value="3" required />
  </label>`
}

/** An account's switch. `about`: the element that names the account. */
export function steer(
  { session }: Pick<View, 'session'>,
  account: string,
  { kind, label, about }: { kind: 'pause' | 'resume'; label: string; about: string },
): Markup {
  return html`<form
    method="post"
    action="/accounts/${encodeURIComponent(account)}/${kind}"
    class="answer"
  >
    ${hidden(session)}<button aria-describedby="${about}">${label}</button>
  </form>`
}
