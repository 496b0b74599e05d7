import { html } from 'hono/html'
import type { PlatformId } from '../../platforms/platform.ts'
import type { Draft } from '../../posts/post.ts'
import { shorten, webAddress } from '../address.ts'
import { draw, type Run } from '../draw.ts'
import type { Markup } from '../markup.ts'

/** A draft's text as its platform shows it. Line feeds stand as they are, each line in its own direction. */
export function textOf(draft: Draft, platform: PlatformId): Markup {
  const runs = draw(draft, platform).map((run) => drawn(run, platform))
  return html`<div class="text" dir="auto" lang="${draft.language ?? ''}">${runs}</div>`
}

function drawn(run: Run, platform: PlatformId): string | Markup {
  if (typeof run === 'string') return run
  const { facet, runs } = run
  const inner = runs.map((each) => drawn(each, platform))
  switch (facet.kind) {
    case 'link':
      return link(facet.value, platform === 'mastodon' ? runs.map(cut) : inner)
    case 'mention':
    case 'hashtag':
      return html`<span class="hashtag">${inner}</span>`
    case 'bold':
      return html`<strong>${inner}</strong>`
    case 'italic':
      return html`<em>${inner}</em>`
    case 'underline':
      return html`<u>${inner}</u>`
    case 'strikethrough':
      return html`<s>${inner}</s>`
    case 'code':
      return html`<code>${inner}</code>`
    case 'pre':
      return html`<span class="pre">${inner}</span>`
    case 'blockquote':
      return html`<span class="quote">${inner}</span>`
    case 'spoiler':
      return html`<span class="spoiler" tabindex="0">${inner}</span>`
  }
}

function link(address: string | undefined, inner: (string | Markup)[]): Markup {
  const href = webAddress(address)
  return href === null
    ? html`${inner}`
    : html`<a href="${href}" rel="noreferrer" dir="auto">${inner}</a>`
}

/** What Mastodon cuts from a written address stays in the page, so that copying gives all of it. */
function cut(run: Run): string | Markup {
  if (typeof run !== 'string') return html`${run.runs.map(cut)}`
  const { before, shown, after } = shorten(run)
  const seen =
    after === ''
      ? shown
      : html`<span class="cut">${shown}</span><span class="unseen">${after}</span>`
  return html`<span class="unseen">${before}</span>${seen}`
}
