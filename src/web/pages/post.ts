import { html } from 'hono/html'
import { offered } from '../../deliveries/moves.ts'
import type { CountsView } from '../../engagement/stats.ts'
import { tellCounts } from '../../locale/counts.ts'
import { webAddress } from '../address.ts'
import { deliveryOf } from '../delivery.ts'
import type { Markup } from '../markup.ts'
import type { Told } from '../read.ts'
import { shown } from '../shown.ts'
import { answer, resolutions } from './answers.ts'
import type { View } from './frame.ts'
import { timerOf } from './stories.ts'

/** A post of an article, and what there is to know for drawing it. */
export interface Post {
  told: Told
  /** The name of the site. */
  site: string | null
  /** Whether the site's own pictures may be shown. */
  pictures: boolean
  /** Whether the site has withdrawn the article. */
  withdrawn: boolean
  counts: CountsView | undefined
}

/** A post as its platform shows it, what readers did, and what can be decided about it. */
export function postColumn(view: View, { told, site, pictures, withdrawn, counts }: Post): Markup {
  const { words } = view
  const { deliveries } = words
  const drawn = pictures ? told : withoutPictures(told)
  const since = withdrawn ? deliveries.withdrawnSince() : deliveries.changedSince()
  const counted = counts !== undefined && counts.countedAt !== null
  return html`<div class="${told.platform}">
    ${deliveryOf(drawn, site, words, timerOf(view))}
    <div class="beneath">
      ${told.changedSince ? html`<p class="warning">${since}</p>` : ''}
      ${counted ? html`<p>${tellCounts(words, counts)}</p>` : ''}
      ${pictures ? '' : picturesOf(told, view)} ${answersOf(view, told)}
    </div>
  </div>`
}

function answersOf(view: View, { id, version, state, dueAt }: Told): Markup {
  const { offers } = view.words.decisions
  const about = { on: id, version, about: `${id}-name` }
  const forms =
    state === 'uncertain'
      ? dueAt === null
        ? resolutions(view, about)
        : []
      : offered(state).map((kind) => answer(view, about, [{ kind, label: offers[kind] }]))
  return forms.length === 0 ? html`` : html`<div class="answers">${forms}</div>`
}

function withoutPictures(told: Told): Told {
  const drafts = told.drafts.map((draft) =>
    draft.card === null ? draft : { ...draft, card: { ...draft.card, image: null } },
  )
  return { ...told, drafts }
}

/** Where the pictures would be: what they show, and where they are. */
function picturesOf({ drafts }: Told, { words }: View): Markup[] {
  return drafts.flatMap(({ card }) => {
    const href = webAddress(card?.image?.url)
    if (href === null || !card?.image) return []
    const alt = shown(card.image.alt ?? '', 300)
    return [
      html`<p dir="auto">
        <a href="${href}" rel="noreferrer">${words.page.picture({ alt })}</a>
      </p>`,
    ]
  })
}
