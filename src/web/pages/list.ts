import { html } from 'hono/html'
import { newestStories } from '../../deliveries/story.ts'
import { latestCounts } from '../../engagement/stats.ts'
import type { Markup } from '../markup.ts'
import type { Web } from '../routes.ts'
import { frame, type View } from './frame.ts'
import { articleRows } from './rows.ts'

const ON_A_PAGE = 30

/** Articles, the newest first; `before`: those heard before that one. */
export async function listPage({ store }: Web, view: View, before: number | null): Promise<Markup> {
  const own = view.words.page
  const stories = await newestStories(store.db, { limit: ON_A_PAGE, before })
  const ids = stories.flatMap(({ deliveries }) => deliveries.map(({ id }) => Number(id.slice(1))))
  const counts = await latestCounts(store.db, ids)
  const body = html`<h1>${own.nav.articles}</h1>
    ${stories.length === 0 ? html`<p class="faint">${own.nothingYet}</p>` : articleRows(view, stories, counts)}
    <p class="pages">
      ${before === null ? '' : html`<a href="/articles">${own.newestFirst}</a>`}
      ${stories.length < ON_A_PAGE ? '' : html`<a href="/articles?before=${stories.at(-1)?.id ?? ''}">${own.older}</a>`}
    </p>`
  return frame(view, { place: 'articles', title: own.nav.articles }, body)
}
