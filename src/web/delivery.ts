import { html } from 'hono/html'
import { errorSentence } from '../locale/errors.ts'
import type { Words } from '../locale/words.ts'
import type { PlatformId } from '../platforms/platform.ts'
import type { Draft } from '../posts/post.ts'
import { webAddress } from './address.ts'
import { shown } from './shown.ts'
import { bluesky } from './looks/bluesky.ts'
import type { Author, Look, Moment } from './looks/look.ts'
import { mastodon } from './looks/mastodon.ts'
import { telegram } from './looks/telegram.ts'
import type { Markup } from './markup.ts'
import type { Told } from './read.ts'

const looks: Record<PlatformId, (look: Look) => Markup> = { telegram, bluesky, mastodon }
const names: Record<PlatformId, string> = {
  telegram: 'Telegram',
  bluesky: 'Bluesky',
  mastodon: 'Mastodon',
}

/** Writes a moment in the reader's language and time zone. */
export type Timer = (iso: string) => Moment

/** One delivery: the post as its platform shows it, and beneath what became of it. */
export function deliveryOf(
  delivery: Told,
  site: string | null,
  words: Words,
  timer: Timer,
): Markup {
  const { platform, state, drafts, publishedAt } = delivery
  const author = authorOf(delivery, site)
  const at = publishedAt === null ? null : timer(publishedAt)
  const drawn = drafts
    .map(withoutLostPicture(delivery))
    .map((draft) => looks[platform]({ platform, draft, author, at }))
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
    ${drawn.length === 0 ? html`<p class="drawing unwritten">${words.web.unwritten}</p>` : drawn}
    ${becameOf(delivery, words, timer)}
  </article>`
}

function becameOf(delivery: Told, words: Words, timer: Timer): Markup {
  const { web } = words
  const { state, url, dueAt, error, waitsFor, heldFor, notice, warnings, drafts, round } = delivery
  const href = webAddress(url)
  const due = state === 'pending' && dueAt !== null ? `, ${web.due({ at: timer(dueAt).time })}` : ''
  const told = warnings.length > 0 ? warnings : drafts.flatMap((draft) => draft.warnings)
  return html`<footer>
    <p class="state">
      <span class="dot" aria-hidden="true"></span><span>${web.states[state]}${due}</span>
      ${drafts.map((draft) => countOf(draft, delivery.platform, web))}
    </p>
    ${href === null ? '' : html`<p class="link"><a href="${href}" rel="noreferrer">${href.replace(/^https?:\/\//, '')}</a></p>`}
    ${error === null || state === 'published' ? '' : html`<p class="reason">${shown(errorSentence(words, error))}</p>`}
    ${waitsFor === null ? '' : html`<p>${web.waits[waitsFor]}</p>`}
    ${state !== 'held' || heldFor === null ? '' : html`<p>${words.deliveries.heldFor[heldFor]({ notice })}</p>`}
    ${round === 1 ? '' : html`<p>${web.round({ round })}</p>`}
    ${told.map((warning) => html`<p class="warning">${web.warnings[warning.kind](warning.about ?? '')}</p>`)}
  </footer>`
}

function countOf({ count, limit }: Draft, platform: PlatformId, web: Words['web']): Markup {
  return html`<span class="count"
    >${web.count({ count, limit })} <span class="unit">${web.units[platform]}</span></span
  >`
}

/** Where the picture could not be sent there is none; where the platform makes the card it looks for itself. */
function withoutLostPicture({ platform, warnings }: Told): (draft: Draft) => Draft {
  const lost = platform === 'bluesky' && warnings.some((warning) => warning.kind === 'no-thumbnail')
  return (draft) =>
    lost && draft.card !== null ? { ...draft, card: { ...draft.card, image: null } } : draft
}

/** The ledger knows an account by its handle only; its display name is most likely the site's. */
function authorOf({ handle, platform }: Told, site: string | null): Author {
  const local = handle.replace(/^@/, '').split(/[@.]/)[0] || handle
  const display = shown(site ?? local, 100)
  const [first] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(display)
  const initial = (first?.segment ?? '').toLocaleUpperCase()
  return {
    display,
    initial,
    handle: shown(platform === 'bluesky' ? `@${handle.replace(/^@/, '')}` : handle, 100),
  }
}
