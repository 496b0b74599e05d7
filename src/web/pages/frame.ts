import { html } from 'hono/html'
import type { Config } from '../../config/config.ts'
import type { Words } from '../../locale/words.ts'
import { type Markup, page } from '../markup.ts'
import type { Session } from '../session/sessions.ts'

/** What every page of the newsroom is drawn with. */
export interface View {
  words: Words
  config: Pick<Config, 'locale' | 'timeZone'>
  session: Session
  /** Null where nobody logs in: the sandbox. */
  logout: boolean
  /** What came of the form that was sent last. */
  said: string | null
}

/** Which page of the three it is, for the navigation. */
type Place = 'home' | 'articles' | 'stats' | null
const places = [
  ['home', '/'],
  ['articles', '/articles'],
  ['stats', '/stats'],
] as const

/** A page of the newsroom: its head with the ways to the others, what was said, and the rest. */
export function frame(
  view: View,
  { place, title, refreshS = null }: { place: Place; title: string; refreshS?: number | null },
  body: Markup | Markup[],
): Markup {
  const { words, config, session, logout, said } = view
  const own = words.page
  return page(
    { locale: config.locale, title: `${title} · Crieur`, refreshS },
    html`<a class="skip" href="#content">${own.skip}</a>
      <header class="bar">
        <p class="name"><a href="/">Crieur</a></p>
        <nav>
          ${places.map(([name, href]) => html`<a href="${href}" ${name === place ? html`aria-current="page"` : ''}>${own.nav[name]}</a> `)}
        </nav>
        ${logout ? html`<form method="post" action="/logout">${hidden(session)}<button class="plain">${own.logout}</button></form>` : ''}
      </header>
      <main id="content" class="room">
        ${said === null ? '' : html`<p class="outcome" role="status" dir="auto">${said}</p>`}
        ${body}
      </main>`,
  )
}

/** What every form of a session carries. */
export function hidden({ csrf }: Session): Markup {
  return html`<input type="hidden" name="csrf" value="${csrf}" />`
}

/** A moment in the reader's language and zone, readable by machines too. */
export function moment({ config }: Pick<View, 'config'>, iso: string): Markup {
  return html`<time datetime="${iso}">${tellMoment(config, iso)}</time>`
}

/** The same in words only. */
export function tellMoment({ locale, timeZone }: View['config'], iso: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(new Date(iso))
}
