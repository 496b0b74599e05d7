import { html } from 'hono/html'
import { changeSentence } from '../locale/changes.ts'
import { errorSentence } from '../locale/errors.ts'
import type { Words } from '../locale/words.ts'
import { standingOf, warningsOf } from '../deliveries/view.ts'
import { withoutLost } from '../deliveries/wanted.ts'
import { platforms } from '../platforms/registry.ts'
import { webAddress } from './address.ts'
import { countOf, drawingsOf } from './drawings.ts'
import { authorOf, names } from './looks/author.ts'
import type { PictureAt, Moment } from './looks/look.ts'
import type { Markup } from './markup.ts'
import type { Told } from './read.ts'
import { shown } from './shown.ts'

/** Writes a moment in the reader's language and time zone. */
export type Timer = (iso: string) => Moment

/** What a delivery is drawn with. */
export interface Drawing {
  /** The name of the site. */
  site: string | null
  words: Words
  timer: Timer
  pictureAt: PictureAt
}

/** One delivery: the post as its platform shows it, and beneath what became of it. */
export function deliveryOf(delivery: Told, { site, words, timer, pictureAt }: Drawing): Markup {
  const { platform, state, handle, publishedAt, warnings } = delivery
  const author = authorOf(handle, platform, site)
  const at = publishedAt === null ? null : timer(publishedAt)
  const drafts = delivery.drafts.map((one) => withoutLost(one, warnings, platforms[platform]))
  return html`<article
    class="delivery ${platform}"
    id="${delivery.id}"
    data-platform="${platform}"
    data-state="${state}"
    aria-labelledby="${delivery.id}-name"
  >
    <header>
      <h3 id="${delivery.id}-name">${names[platform]}</h3>
      <p dir="auto">${shown(delivery.handle, 100)}</p>
    </header>
    ${drawingsOf(platform, drafts, { author, at, words, pictureAt })}
    ${becameOf(delivery, words, timer)}
  </article>`
}

function becameOf(delivery: Told, words: Words, timer: Timer): Markup {
  const { web } = words
  const { state, url, dueAt, error, change, waitsFor, heldFor, notice } = delivery
  const { siteAt, drafts, round } = delivery
  const href = webAddress(url)
  const begun = standingOf(delivery)
  const due = state === 'pending' && dueAt !== null ? `, ${web.due({ at: timer(dueAt).time })}` : ''
  return html`<footer>
    <p class="state">
      <span class="dot" aria-hidden="true"></span><span>${web.states[state]}${due}</span>
      ${drafts.length > 1 ? '' : drafts.map((draft) => countOf(draft, delivery.platform, words))}
    </p>
    ${href === null ? '' : html`<p class="link"><a href="${href}" rel="noreferrer">${href.replace(/^https?:\/\//, '')}</a></p>`}
    ${begun === null ? '' : html`<p>${words.deliveries.partsStand(begun)}.</p>`}
    ${error === null || state === 'published' ? '' : html`<p class="reason">${shown(errorSentence(words, error))}</p>`}
    ${change === null ? '' : html`<p class="${change.state === 'failed' ? 'reason' : 'warning'}">${shown(changeSentence(words, change, (iso) => timer(iso).time))}</p>`}
    ${waitsFor === null ? '' : html`<p>${web.waits[waitsFor]}</p>`}
    ${state !== 'held' || heldFor === null ? '' : html`<p>${words.deliveries.heldFor[heldFor]({ notice })}</p>`}
    ${siteAt === null || state !== 'pending' ? '' : html`<p>${words.deliveries.siteAt()}</p>`}
    ${round === 1 ? '' : html`<p>${web.round({ round })}</p>`}
    ${warningsOf(delivery).map((warning) => html`<p class="warning">${web.warnings[warning.kind](warning.about ?? '')}</p>`)}
  </footer>`
}
