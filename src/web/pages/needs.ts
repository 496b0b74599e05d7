import { html } from 'hono/html'
import { noticeSentence } from '../../locale/notices.ts'
import type { NoticeView } from '../../notices/view.ts'
import type { Markup } from '../markup.ts'
import { shown } from '../shown.ts'
import { answersTo } from './answers.ts'
import type { View } from './frame.ts'
import { moment } from './moments.ts'

/** Whatever a title is like, the sentence about it is whole. */
const TITLE = 140
const SENTENCE = 500

/** What needs a person, each with its answers. `count`: how many there are in all. */
export function needsSection(view: View, notices: readonly NoticeView[], count: number): Markup {
  const own = view.words.page
  if (notices.length === 0) return html``
  return html`<section class="needs" aria-labelledby="needs">
    <h2 id="needs">${own.needs}</h2>
    <ul>
      ${notices.map((notice) => needOf(view, notice))}
    </ul>
    ${count > notices.length ? html`<p class="pages"><a href="/?needs=all">${own.allNeeds({ count })}</a></p>` : ''}
  </section>`
}

function needOf(view: View, notice: NoticeView): Markup {
  const { id, kind, article, raisedAt } = notice
  const title = article && { ...article, title: shown(article.title, TITLE) }
  const sentence = shown(noticeSentence(view.words, { ...notice, article: title }), SENTENCE)
  return html`<li id="${id}" data-notice="${kind}">
    <p class="what">
      <span id="${id}-what" dir="auto">${sentence}</span>
      <span class="faint"
        >${moment(view, raisedAt)}${article === null ? '' : html` · <a href="/articles/${article.id}">${article.id}</a>`}</span
      >
    </p>
    <div class="answers">${answersTo(view, notice)}</div>
  </li>`
}

/** Whether somebody may be typing an answer, so that the page must not come again by itself. */
export function asksForWords(notices: readonly NoticeView[]): boolean {
  return notices.some(({ kind }) => kind === 'flood' || kind === 'uncertain')
}
