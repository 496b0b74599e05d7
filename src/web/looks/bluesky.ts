import { html } from 'hono/html'
import type { Markup } from '../markup.ts'
import { cardOf, linesOf, pictureOf } from './card.ts'
import { imagesOf } from './images.ts'
import type { Look } from './look.ts'
import { textOf } from './text.ts'

/** A post in a feed: who, what, and its pictures or the card we send with it. */
export function bluesky(look: Look): Markup {
  const { draft, author, at, pictureAt } = look
  const card = cardOf(
    look,
    (link) => html`${pictureOf(link, pictureAt)}${linesOf(link, ['title', 'description', 'host'])}`,
  )
  return html`<div class="drawing feed">
    <span class="avatar" aria-hidden="true">${author.initial}</span>
    <div class="said">
      <p class="author">
        <bdi class="name">${author.display}</bdi>
        <bdi class="handle">${author.handle}</bdi>
        ${at === null ? '' : html`<time class="when" datetime="${at.iso}">${at.time}</time>`}
      </p>
      ${textOf(draft, 'bluesky')} ${imagesOf(look)} ${card}
    </div>
  </div>`
}
