import { html } from 'hono/html'
import type { Article } from '../../articles/article.ts'
import { places } from '../../shares/places.ts'
import { shareLinks } from '../../shares/share.ts'
import type { Markup } from '../markup.ts'
import type { Web } from '../routes.ts'
import type { View } from './frame.ts'

/** Links that fill in a post where we have no account: somebody else's page opens, and nothing is sent by itself. */
export async function shareLine(
  { publishing }: Pick<Web, 'publishing'>,
  { words }: Pick<View, 'words'>,
  article: Article,
): Promise<Markup> {
  const own = words.preview
  const links = await shareLinks(article, publishing.templates.share)
  return html`<p class="share">
    <span>${own.share}</span>
    ${places
      .filter((place) => links[place] !== undefined)
      .map(
        (place) =>
          html`<a href="${links[place] ?? ''}" target="_blank" rel="noreferrer noopener"
            >${own.places[place]}</a
          > `,
      )}
  </p>`
}
