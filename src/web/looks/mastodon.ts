import { html } from 'hono/html'
import type { Markup } from '../markup.ts'
import { cardOf, linesOf, pictureOf } from './card.ts'
import type { Look } from './look.ts'
import { textOf } from './text.ts'

/** A status: the author above, the text across the whole width, and the card that the server makes. */
export function mastodon({ draft, author, at }: Look): Markup {
  const card = cardOf(
    draft,
    (link) => html`${pictureOf(link)}${linesOf(link, ['host', 'title', 'description'])}`,
  )
  return html`<div class="drawing status">
    <div class="author">
      <span class="avatar" aria-hidden="true">${author.initial}</span>
      <p><bdi class="name">${author.display}</bdi><bdi class="handle">${author.handle}</bdi></p>
      ${at === null ? '' : html`<time class="when" datetime="${at.iso}">${at.time}</time>`}
    </div>
    ${textOf(draft, 'mastodon')} ${card}
  </div>`
}
