import { html } from 'hono/html'
import type { Config } from '../config/config.ts'
import type { Words } from '../locale/words.ts'
import type { DeliveryState } from '../store/schema.ts'
import { hostOf, webAddress } from './address.ts'
import { deliveryOf, type Timer } from './delivery.ts'
import { type Markup, page } from './markup.ts'
import { MOST, type Stories, type Story } from './read.ts'

/** So long a browser waits before it looks whether the next post has gone out. */
const REFRESH_S = 2
const order: readonly DeliveryState[] = [
  ...(['published', 'publishing', 'pending', 'held'] as const),
  ...(['uncertain', 'failed', 'canceled', 'deleted'] as const),
]

/** The sandbox's first page: every post as its platform would show it. */
export function home(
  { stories, moving }: Stories,
  words: Words,
  { locale, timeZone }: Pick<Config, 'locale' | 'timeZone'>,
): Markup {
  const { web } = words
  const timer = timerOf(locale, timeZone)
  const posts = stories.reduce((sum, story) => sum + story.deliveries.length, 0)
  const body = html`<header class="masthead">
      <h1>Crieur</h1>
      <p class="edition">${web.sandbox}</p>
      <p class="lead">${web.lead}</p>
      <p class="next">${web.next}</p>
      ${healthOf(stories, words)}
    </header>
    <main>
      ${posts === 0 ? html`<p class="writing">${web.writing}</p>` : stories.map((story) => storyOf(story, words, timer))}
      ${posts < MOST ? '' : html`<p class="more">${web.newestOnly({ posts })}</p>`}
    </main>`
  const title = `Crieur · ${web.sandbox}`
  return page({ locale, title, refreshS: moving ? REFRESH_S : null }, body)
}

/** One line: that it runs, and how many posts are where. */
function healthOf(stories: readonly Story[], { web }: Words): Markup {
  const states = stories.flatMap((story) => story.deliveries.map(({ state }) => state))
  const counted = order.flatMap((state) => {
    const count = states.filter((each) => each === state).length
    return count === 0 ? [] : [web.counted[state](count)]
  })
  return html`<p class="health">
    ${web.running} ${web.store} ${counted.map((fact) => html`<span>${fact}</span> `)}
  </p>`
}

function storyOf(story: Story, words: Words, timer: Timer): Markup {
  const { id, article, site } = story
  const title = article?.title ?? story.url
  const href = webAddress(story.url)
  const published = article?.publishedAt ?? null
  return html`<section class="story" aria-labelledby="${id}">
    <header dir="auto">
      <h2 id="${id}" lang="${article?.language ?? ''}">
        ${href === null ? title : html`<a href="${href}" rel="noreferrer">${title}</a>`}
      </h2>
      <p class="source">
        <bdi>${site ?? hostOf(story.url)}</bdi
        >${published === null ? '' : html` · <time datetime="${published}">${timer(published).date}</time>`}
      </p>
    </header>
    <div class="deliveries">
      ${story.deliveries.map((delivery) => deliveryOf(delivery, site, words, timer))}
    </div>
  </section>`
}

function timerOf(locale: string, timeZone: string): Timer {
  const date = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'long' })
  const time = new Intl.DateTimeFormat(locale, { timeZone, timeStyle: 'short', hourCycle: 'h23' })
  return (iso) => {
    const moment = new Date(iso)
    return { iso, date: date.format(moment), time: time.format(moment) }
  }
}
