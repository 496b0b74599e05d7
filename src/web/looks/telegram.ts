import { html } from 'hono/html'
import type { Markup } from '../markup.ts'
import { cardOf, linesOf, pictureOf } from './card.ts'
import { imagesOf } from './images.ts'
import type { Look } from './look.ts'
import { textOf } from './text.ts'

/** A message in a channel: the bubble, and the large preview of its link, or a photo with its caption. */
export function telegram(look: Look): Markup {
  const { draft, author, at, pictureAt } = look
  const preview = cardOf(
    look,
    (card) => html`${linesOf(card, ['host', 'title', 'description'])}${pictureOf(card, pictureAt)}`,
  )
  const above = draft.card?.above === true
  return html`<div class="drawing bubble">
    <p class="author" dir="auto">${author.display}</p>
    ${imagesOf(look, false)} ${above ? preview : ''} ${textOf(draft, 'telegram')}
    ${above ? '' : preview}
    ${at === null ? '' : html`<p class="when"><time datetime="${at.iso}">${at.time}</time></p>`}
  </div>`
}
