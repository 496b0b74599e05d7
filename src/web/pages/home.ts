import { html } from 'hono/html'
import { overview } from '../../deliveries/overview.ts'
import { newestStories } from '../../deliveries/story.ts'
import { latestCounts } from '../../engagement/stats.ts'
import { openNotices } from '../../notices/view.ts'
import { lastDone } from '../../store/upkeep.ts'
import type { Markup } from '../markup.ts'
import { readStories } from '../read.ts'
import type { Web } from '../routes.ts'
import { frame, type View } from './frame.ts'
import { articleRows } from './rows.ts'
import { accountsSection, healthLine, needsSection, nextSection } from './sections.ts'
import { storiesSection } from './stories.ts'

const NEWEST = 15
/** So long a browser waits before it looks whether the next post has gone out. */
const REFRESH_S = 2

/** The first page: how things are, what needs somebody, what comes next, and what went out last. */
export async function home(web: Web, view: View): Promise<Markup> {
  const { db, clock } = web.store
  const now = clock()
  const [seen, needs, swept] = await Promise.all([
    overview(db, now),
    openNotices(db),
    lastDone(db, 'sweep'),
  ])
  const { words } = view
  const top = html`${healthLine(view, seen, { swept, needs, now })}
  ${needsSection(view, seen, needs)}`
  const rest = html`${accountsSection(view, seen)} ${nextSection(view, seen)}`
  if (web.sandbox === null) {
    const body = html`${top} ${rest} ${await newestSection(web, view)}`
    return frame(view, { place: 'home', title: words.page.nav.home }, body)
  }
  const { stories, moving } = await readStories(web)
  // Nobody's typing is lost: what asks for words stands still.
  const asks = seen.notices.some(({ kind }) => kind === 'flood' || kind === 'uncertain')
  const body = html`<header class="masthead">
      <h1>Crieur</h1>
      <p class="edition">${words.web.sandbox}</p>
      <p class="lead">${words.web.lead}</p>
      <p class="next">${words.web.next}</p>
      ${top}
    </header>
    ${storiesSection(stories, view)} ${rest}`
  const refreshS = moving && !asks ? REFRESH_S : null
  return frame(view, { place: 'home', title: words.web.sandbox, refreshS }, body)
}

async function newestSection({ store }: Web, view: View): Promise<Markup> {
  const own = view.words.page
  const stories = await newestStories(store.db, { limit: NEWEST, before: null })
  const ids = stories.flatMap(({ deliveries }) => deliveries.map(({ id }) => Number(id.slice(1))))
  const counts = await latestCounts(store.db, ids)
  return html`<section aria-labelledby="newest">
    <h2 id="newest">${own.newest}</h2>
    ${stories.length === 0 ? html`<p class="faint">${own.nothingYet}</p>` : articleRows(view, stories, counts)}
    ${stories.length < NEWEST ? '' : html`<p><a href="/articles?before=${stories.at(-1)?.id ?? ''}">${own.older}</a></p>`}
  </section>`
}
