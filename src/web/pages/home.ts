import { html } from 'hono/html'
import { type Overview, overview } from '../../deliveries/overview.ts'
import { notices, openNotices } from '../../notices/view.ts'
import { lastDone } from '../../store/upkeep.ts'
import type { Markup } from '../markup.ts'
import { readStories } from '../read.ts'
import type { Web } from '../routes.ts'
import { accountsSection } from './accounts.ts'
import { comingSection } from './coming.ts'
import { frame, type View } from './frame.ts'
import { healthLine } from './health.ts'
import { asksForWords, needsSection } from './needs.ts'
import { newestRows } from './rows.ts'
import { storiesSection } from './stories.ts'

/** So many articles are told of; the older ones have pages of their own. */
const NEWEST = 20
/** So many of what needs a person, then so many where somebody asks for all. */
const NEEDS = 20
const MOST_NEEDS = 500
/** So long a browser waits before it looks whether the next post has gone out. */
const REFRESH_S = 2
const CALM_REFRESH_S = 10
const SOON_MS = 60_000

/**
 * The first page: how things are, what needs somebody, what comes next, and what went out last. `allNeeds`: whether
 * to list all that needs somebody.
 */
export async function home(web: Web, view: View, allNeeds: boolean): Promise<Markup> {
  const { db } = web.store
  const [seen, needs, swept] = await Promise.all([
    overview(db, view.now),
    openNotices(db),
    lastDone(db, 'sweep'),
  ])
  const asked = allNeeds ? await notices(db, { limit: MOST_NEEDS }) : seen.notices.slice(0, NEEDS)
  const top = html`${healthLine(view, seen, { swept, needs })} ${needsSection(view, asked, needs)}`
  const rest = html`<div class="side">
    ${accountsSection(view, seen.accounts)} ${comingSection(view, seen.next)}
  </div>`
  return web.sandbox === null
    ? newsroom(web, view, seen, html`${top} ${rest}`)
    : sandbox(web, view, seen, { top, rest })
}

async function newsroom(web: Web, view: View, seen: Overview, above: Markup): Promise<Markup> {
  const own = view.words.page
  const { rows, oldest } = await newestRows(web, view, { limit: NEWEST, before: null })
  const body = html`<h1 class="aloud">${own.nav.home}</h1>
    ${above}
    <section aria-labelledby="newest">
      <h2 id="newest">${own.newest}</h2>
      ${rows}
      ${oldest === null ? '' : html`<p class="pages"><a href="/articles?before=${oldest}">${own.older}</a></p>`}
    </section>`
  const soon = view.now.getTime() + SOON_MS
  const moving =
    seen.accounts.some(({ states }) => states.some(({ state }) => state === 'publishing')) ||
    seen.next.some(({ about }) => Date.parse(about) < soon)
  const refreshS = moving && !asksForWords(seen.notices) ? CALM_REFRESH_S : null
  return frame(view, { place: 'home', title: own.nav.home, refreshS }, body)
}

async function sandbox(
  web: Web,
  view: View,
  { notices }: Overview,
  { top, rest }: { top: Markup; rest: Markup },
): Promise<Markup> {
  const { words } = view
  const { stories, moving } = await readStories(web)
  const body = html`<header class="masthead">
      <h1>Crieur</h1>
      <p class="edition">${words.web.sandbox}</p>
      <p class="lead">${words.web.lead}</p>
      <p class="next">${words.web.next}</p>
    </header>
    ${top} ${storiesSection(stories, view)} ${rest}`
  // Nobody's typing is lost: what asks for words stands still.
  const refreshS = moving && !asksForWords(notices) ? REFRESH_S : null
  return frame(view, { place: 'home', title: words.web.sandbox, refreshS }, body)
}
