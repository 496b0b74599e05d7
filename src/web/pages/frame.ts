import { html } from 'hono/html'
import type { Locale, Words } from '../../locale/words.ts'
import type { PictureAt } from '../looks/look.ts'
import { type Markup, page } from '../markup.ts'
import type { Session } from '../session/sessions.ts'
import { otherTongue } from '../tongue.ts'
import type { Reader } from './moments.ts'

/** What every page of the newsroom is drawn with. */
export interface View extends Reader {
  words: Words
  session: Session
  /** Whether there is anything to log out of: in the open sandbox there is not. */
  logout: boolean
  /** What came of the form that was sent last. */
  said: string | null
  /** Nothing from third parties: a picture of a site would tell it who looks. */
  pictureAt: PictureAt
  /** Path and query of this very page. */
  here: string
}

/** Which page of the four it is, for the navigation. */
type Place = 'home' | 'articles' | 'preview' | 'stats'
const places = [
  ['home', '/'],
  ['articles', '/articles'],
  ['preview', '/preview'],
  ['stats', '/stats'],
] as const

/** A page of the newsroom: its head with the ways to the others, what was said, and the rest. */
export function frame(
  view: View,
  { place, title, refreshS = null }: { place: Place; title: string; refreshS?: number | null },
  body: Markup | Markup[],
): Markup {
  const { words, config, said } = view
  const own = words.page
  return page(
    { locale: config.locale, title: `${title} · Crieur`, refreshS },
    html`<a class="skip" href="#content">${own.skip}</a>
      <header class="bar">
        <p class="name"><a href="/">Crieur</a></p>
        <nav aria-label="${own.ways}">
          ${places.map(([name, href]) => html`<a href="${href}" ${name === place ? html`aria-current="page"` : ''}>${own.nav[name]}</a> `)}
        </nav>
        ${choices(view)}
      </header>
      <main id="content" class="room">
        ${said === null ? '' : html`<p class="outcome" role="status" dir="auto">${said}</p>`}
        ${body}
      </main>`,
  )
}

/** The other language, and the way out. */
function choices({ words, config, session, logout, here }: View): Markup {
  const own = words.page
  return html`<div class="choose">
    ${tongueLink(here, config.locale, own)}
    ${logout ? html`<form method="post" action="/logout">${hidden(session)}<button class="plain">${own.logout}</button></form>` : ''}
  </div>`
}

/** A link to the same page in the other language. */
export function tongueLink(here: string, locale: Locale, own: Words['page']): Markup {
  const other = otherTongue(locale)
  const url = new URL(here, 'http://here')
  url.searchParams.delete('said')
  url.searchParams.set('lang', other)
  return html`<a
    href="${url.pathname}${url.search}"
    lang="${other}"
    hreflang="${other}"
    rel="nofollow"
    >${own.otherTongue}</a
  >`
}

/** What every form of a session carries. */
export function hidden({ csrf }: Session): Markup {
  return html`<input type="hidden" name="csrf" value="${csrf}" />`
}
