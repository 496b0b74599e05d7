import { html } from 'hono/html'
import type { Image } from '../../posts/post.ts'
import { webAddress } from '../address.ts'
import type { Markup } from '../markup.ts'
import type { Look } from './look.ts'

/** The post's own pictures in the grid that the apps lay out, each with what its site says of it. */
export function imagesOf(look: Look): Markup | '' {
  const { images } = look.draft
  if (images.length === 0) return ''
  return html`<div class="pictures" data-count="${images.length}">
    ${images.map((image) => imageOf(image, look))}
  </div>`
}

function imageOf({ url, alt }: Image, { words, pictureAt, draft }: Look): Markup {
  const own = words.preview
  const src = pictureAt(url)
  const language = draft.language ?? ''
  const picture =
    src === null
      ? html`<a class="unshown" href="${webAddress(url) ?? ''}" rel="noreferrer">${own.picture}</a>`
      : html`<img
          src="${src}"
          alt="${alt ?? ''}"
          lang="${language}"
          loading="lazy"
          decoding="async"
          referrerpolicy="no-referrer"
        />`
  const said = alt
    ? html`<details class="alt">
        <summary>${own.alt}</summary>
        <p lang="${language}" dir="auto">${alt}</p>
      </details>`
    : html`<p class="no-alt">${own.noAlt}</p>`
  return html`<figure>
    ${picture}
    <figcaption>${said}</figcaption>
  </figure>`
}
