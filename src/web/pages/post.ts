import { html } from 'hono/html'
import { offered } from '../../deliveries/moves.ts'
import type { CountsView } from '../../engagement/stats.ts'
import { tellCounts } from '../../locale/counts.ts'
import type { Draft } from '../../posts/post.ts'
import { webAddress } from '../address.ts'
import { deliveryOf } from '../delivery.ts'
import type { Markup } from '../markup.ts'
import type { Told } from '../read.ts'
import { shown } from '../shown.ts'
import { type About, answer, resolutions } from './answers.ts'
import type { View } from './frame.ts'
import { timerOf } from './stories.ts'

/** A post of an article, and what there is to know for drawing it. */
export interface Post {
  told: Told
  /** The name of the site. */
  site: string | null
  /** Whether the site has withdrawn the article. */
  withdrawn: boolean
  counts: CountsView | undefined
}

/** A post as its platform shows it, what readers did, and what can be decided about it. */
export function postColumn(view: View, { told, site, withdrawn, counts }: Post): Markup {
  const { words, pictureAt } = view
  const { deliveries } = words
  const since = withdrawn ? deliveries.withdrawnSince() : deliveries.changedSince()
  const counted = counts !== undefined && counts.countedAt !== null
  return html`<div class="${told.platform}">
    ${deliveryOf(told, { site, words, timer: timerOf(view), pictureAt })}
    <div class="beneath">
      ${told.changedSince && told.change === null ? html`<p class="warning">${since}</p>` : ''}
      ${counted ? html`<p>${tellCounts(words, counts)}</p>` : ''} ${cardPictures(told.drafts, view)}
      ${answersOf(view, told)}
    </div>
  </div>`
}

function answersOf(view: View, { id, version, state, dueAt, change, parts }: Told): Markup {
  const { offers } = view.words.decisions
  const { leave } = view.words.page.answers
  const about = { on: id, version, about: `${id}-name` }
  const forms =
    state === 'uncertain'
      ? dueAt === null
        ? resolutions(view, about)
        : []
      : offered({ state, change, stands: parts.some(({ stands }) => stands) }).map((kind) => {
          if (kind === 'delete') return takeDown(view, about)
          const label = kind === 'cancel' && change !== null ? leave : offers[kind]
          return answer(view, about, [{ kind, label }])
        })
  return forms.length === 0 ? html`` : html`<div class="answers">${forms}</div>`
}

/** Readers lose it, so it is asked once more. */
function takeDown(view: View, about: About): Markup {
  const { offers } = view.words.decisions
  const { takeDown: own } = view.words.page
  return html`<details class="sure">
    <summary>${offers.delete}</summary>
    <p>${own.asks}</p>
    ${answer(view, about, [{ kind: 'delete', label: own.yes }])}
  </details>`
}

/** Where a card's picture would be that may not be shown: what it shows, and where it is. */
export function cardPictures(drafts: readonly Draft[], { words, pictureAt }: View): Markup[] {
  return drafts.flatMap(({ card, images }) => {
    const href = webAddress(card?.image?.url)
    if (href === null || !card?.image || images.length > 0 || pictureAt(href) !== null) return []
    const alt = shown(card.image.alt ?? '', 300)
    return [
      html`<p dir="auto">
        <a href="${href}" rel="noreferrer">${words.page.picture({ alt })}</a>
      </p>`,
    ]
  })
}
