import { html } from 'hono/html'
import type { Image } from '../../posts/post.ts'
import { webAddress } from '../address.ts'
import type { Markup } from '../markup.ts'
import type { Look } from './look.ts'

/**
 * The post's own pictures in the grid that the apps lay out, each with what its site says of it where the platform
 * has descriptions (`described`).
 */
export function imagesOf(look: Look, described = true): Markup | '' {
  const { images } = look.draft
  if (images.length === 0) return ''
  return html`<div class="pictures" data-count="${images.length}">
    ${images.map((image) => imageOf(image, look, described))}
  </div>`
}

function imageOf(
  { url, alt }: Image,
  { words, pictureAt, draft }: Look,
  described: boolean,
): Markup {
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
  return html`<figure>${picture} ${described ? captionOf(alt, language, own) : ''}</figure>`
}

function captionOf(alt: string | null, language: string, own: Look['words']['preview']): Markup {
  const said = alt
    ? html`<details class="alt">
        <summary>${own.alt}</summary>
        <p lang="${language}" dir="auto">${alt}</p>
      </details>`
    : html`<p class="no-alt">${own.noAlt}</p>`
  return html`<figcaption>${said}</figcaption>`
}
