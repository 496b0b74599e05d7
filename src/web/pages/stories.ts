import { html } from 'hono/html'
import { hostOf, webAddress } from '../address.ts'
import { deliveryOf, type Timer } from '../delivery.ts'
import type { Markup } from '../markup.ts'
import { MOST, type Story } from '../read.ts'
import { type View } from './frame.ts'
import { shown } from '../shown.ts'

/** Articles with their posts as each platform would show them. */
export function storiesSection(stories: readonly Story[], view: View): Markup {
  const { web } = view.words
  const posts = stories.reduce((sum, story) => sum + story.deliveries.length, 0)
  return html`${posts === 0 ? html`<p class="writing">${web.writing}</p>` : stories.map((story) => storyOf(story, view))}
  ${posts < MOST ? '' : html`<p class="more">${web.newestOnly({ posts })}</p>`}`
}

function storyOf(story: Story, view: View): Markup {
  const { id, article, site } = story
  const timer = timerOf(view)
  const title = shown(article?.title ?? story.url, 600)
  const published = article?.publishedAt ?? null
  return html`<section class="story" aria-labelledby="${id}">
    <header dir="auto">
      <h2 id="${id}" lang="${article?.language ?? ''}"><a href="/articles/${id}">${title}</a></h2>
      <p class="source">
        ${sourceOf(story)}${published === null ? '' : html` · <time datetime="${published}">${timer(published).date}</time>`}
      </p>
    </header>
    <div class="deliveries">
      ${story.deliveries.map((delivery) => deliveryOf(delivery, { site, words: view.words, timer, pictureAt: view.pictureAt }))}
    </div>
  </section>`
}

/** The site, leading to the article itself. */
function sourceOf({ url, site }: Story): Markup {
  const href = webAddress(url)
  const name = html`<bdi>${shown(site ?? hostOf(url), 120)}</bdi>`
  return href === null ? name : html`<a href="${href}" rel="noreferrer">${name}</a>`
}

/** Writes moments in the reader's language and zone. */
export function timerOf({ config: { locale, timeZone } }: Pick<View, 'config'>): Timer {
  const date = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'long' })
  const time = new Intl.DateTimeFormat(locale, { timeZone, timeStyle: 'short', hourCycle: 'h23' })
  return (iso) => {
    const at = new Date(iso)
    return { iso, date: date.format(at), time: time.format(at) }
  }
}
