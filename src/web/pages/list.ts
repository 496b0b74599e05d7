import { html } from 'hono/html'
import type { Markup } from '../markup.ts'
import type { Web } from '../routes.ts'
import { frame, type View } from './frame.ts'
import { newestRows } from './rows.ts'

const ON_A_PAGE = 30

/** `/articles`: the newest first; `before`: those heard before that one. */
export async function listPage(web: Web, view: View, before: number | null): Promise<Markup> {
  const own = view.words.page
  const { rows, oldest } = await newestRows(web, view, { limit: ON_A_PAGE, before })
  const body = html`<h1>${own.nav.articles}</h1>
    ${rows}
    <p class="pages">
      ${before === null ? '' : html`<a href="/articles">${own.newestFirst}</a>`}
      ${oldest === null ? '' : html`<a href="/articles?before=${oldest}">${own.older}</a>`}
    </p>`
  return frame(view, { place: 'articles', title: own.nav.articles }, body)
}
