import { html } from 'hono/html'
import type { ArticleView } from '../../deliveries/story.ts'
import type { DeliveryWithPost } from '../../deliveries/view.ts'
import type { CountsView } from '../../engagement/stats.ts'
import { tellCount } from '../../locale/counts.ts'
import type { Words } from '../../locale/words.ts'
import { webAddress } from '../address.ts'
import type { Markup } from '../markup.ts'
import { moment, type View } from './frame.ts'
import { shown } from '../shown.ts'

const kinds = ['likes', 'reposts', 'replies', 'quotes', 'views'] as const

/** Articles, the newest first: each with every post's state, link and counts. */
export function articleRows(
  view: View,
  stories: readonly ArticleView[],
  counts: ReadonlyMap<number, CountsView>,
): Markup {
  return html`<ul class="articles">
    ${stories.map(
      (story) =>
        html`<li>
          <h3 dir="auto">
            <a href="/articles/${story.id}" lang="${story.language ?? ''}"
              >${shown(story.title || story.url, 160)}</a
            >
          </h3>
          <p class="faint">
            ${moment(view, story.publishedAt ?? story.heardAt)}${whyNone(view.words, story)}
          </p>
          ${
            story.deliveries.length === 0
              ? ''
              : html`<ul class="posts">
                  ${story.deliveries.map((delivery) => postRow(view, delivery, counts))}
                </ul>`
          }
        </li>`,
    )}
  </ul>`
}

/** An article without posts says why in a word. */
function whyNone(words: Words, { deliveries, state }: ArticleView): string {
  if (deliveries.length > 0) return ''
  return ` · ${words.articles.whyNot[state]({ reason: '' })}`
}

function postRow(
  { words }: View,
  { id, platform, account, state, url }: DeliveryWithPost,
  counts: ReadonlyMap<number, CountsView>,
): Markup {
  const href = webAddress(url)
  const name = shown(account, 40)
  const counted = counts.get(Number(id.slice(1)))
  return html`<li class="post ${platform}" data-platform="${platform}" data-state="${state}">
    <span class="dot" aria-hidden="true"></span>
    ${href === null ? html`<bdi>${name}</bdi>` : html`<a href="${href}" rel="noreferrer"><bdi>${name}</bdi></a>`}
    <span class="faint">${words.deliveries.states[state]}</span>
    ${counted === undefined ? '' : countsOf(words, counted)}
  </li>`
}

/** Counts in one line; what cannot be known at all is left out where another number says something. */
export function countsOf(words: Words, counts: CountsView): Markup {
  if (counts.countedAt === null) return html``
  return html`<span class="counts"
    >${kinds.map(
      (kind) =>
        html`<span title="${words.engagement.kinds[kind]}"
          ><span class="kind">${words.engagement.kinds[kind]}</span>
          ${tellCount(words, counts, kind)}</span
        > `,
    )}</span
  >`
}
