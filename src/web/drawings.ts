import { html } from 'hono/html'
import type { Words } from '../locale/words.ts'
import type { PlatformId } from '../platforms/platform.ts'
import type { Draft } from '../posts/post.ts'
import { bluesky } from './looks/bluesky.ts'
import type { Look } from './looks/look.ts'
import { mastodon } from './looks/mastodon.ts'
import { telegram } from './looks/telegram.ts'
import type { Markup } from './markup.ts'

const looks: Record<PlatformId, (look: Look) => Markup> = { telegram, bluesky, mastodon }

/** A post's parts as its platform shows them: one by itself, several as a thread, each with its number and count. */
export function drawingsOf(
  platform: PlatformId,
  drafts: readonly Draft[],
  rest: Omit<Look, 'draft'>,
): Markup {
  const { words } = rest
  const drawn = drafts.map((draft) => looks[platform]({ ...rest, draft }))
  if (drawn.length === 0) return html`<p class="drawing unwritten">${words.web.unwritten}</p>`
  if (drawn.length === 1) return html`${drawn}`
  const of = drafts.length
  return html`<ol class="thread">
    ${drafts.map(
      (draft, at) =>
        html`<li>
          ${drawn[at] ?? ''}
          <p class="part">
            <span>${words.preview.part({ part: at + 1, of })}</span>
            ${countOf(draft, platform, words)}
          </p>
        </li>`,
    )}
  </ol>`
}

/** How long a part is, and may be. */
export function countOf({ count, limit }: Draft, platform: PlatformId, { web }: Words): Markup {
  return html`<span class="count"
    >${web.count({ count, limit })} <span class="unit">${web.units[platform]}</span></span
  >`
}
