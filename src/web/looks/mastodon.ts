import { html } from 'hono/html'
import type { Markup } from '../markup.ts'
import { cardOf, linesOf, pictureOf } from './card.ts'
import { imagesOf } from './images.ts'
import type { Look } from './look.ts'
import { textOf } from './text.ts'

/** A status: the author above, the text across the whole width, and its pictures or the card that the server makes. */
export function mastodon(look: Look): Markup {
  const { draft, author, at, pictureAt } = look
  const card = cardOf(
    look,
    (link) => html`${pictureOf(link, pictureAt)}${linesOf(link, ['host', 'title', 'description'])}`,
  )
  const content = html`${textOf(draft, 'mastodon')} ${imagesOf(look)} ${card}`
  return html`<div class="drawing status">
    <div class="author">
      <span class="avatar" aria-hidden="true">${author.initial}</span>
      <p><bdi class="name">${author.display}</bdi><bdi class="handle">${author.handle}</bdi></p>
      ${at === null ? '' : html`<time class="when" datetime="${at.iso}">${at.time}</time>`}
    </div>
    ${warned(look, content)}
  </div>`
}

/** Behind a content warning nothing is seen until readers ask for it. */
function warned({ draft: { manner, language }, words }: Look, content: Markup): Markup {
  const { contentWarning } = manner
  if (contentWarning === null || contentWarning === '') return content
  return html`<details class="warned">
    <summary>
      <span lang="${language ?? ''}" dir="auto">${contentWarning}</span>
      <span class="unfold">${words.preview.showMore}</span>
    </summary>
    ${content}
  </details>`
}
