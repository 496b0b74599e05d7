import { html } from 'hono/html'
import type { Markup } from '../markup.ts'
import { cardOf, linesOf, pictureOf } from './card.ts'
import type { Look } from './look.ts'
import { textOf } from './text.ts'

/** A message in a channel: the bubble, and the large preview of its link beneath the text. */
export function telegram({ draft, author, at }: Look): Markup {
  const preview = cardOf(
    draft,
    (card) => html`${linesOf(card, ['host', 'title', 'description'])}${pictureOf(card)}`,
  )
  return html`<div class="drawing bubble">
    <p class="author" dir="auto">${author.display}</p>
    ${textOf(draft, 'telegram')} ${preview}
    ${at === null ? '' : html`<p class="when"><time datetime="${at.iso}">${at.time}</time></p>`}
  </div>`
}
