import { html } from 'hono/html'
import type { Overview } from '../../deliveries/overview.ts'
import { sentenceOf } from '../../locale/problem.ts'
import type { Markup } from '../markup.ts'
import { shown } from '../shown.ts'
import type { View } from './frame.ts'
import { tellMoment } from './moments.ts'

/** So long after the last sweep somebody should look: it happens each minute. */
const SWEPT_MS = 4 * 60_000
/** So many sources are told of one by one. */
const SOURCES = 3

/** Health in one line, and beneath it what is wrong with a source. */
export function healthLine(
  view: View,
  { sources }: Overview,
  { swept, needs }: { swept: Date | null; needs: number },
): Markup {
  const { words, now } = view
  const { health } = words.page
  const late = swept === null || now.getTime() - swept.getTime() > SWEPT_MS
  const read = sources.slice(0, SOURCES).map(({ url, lastReadAt }) => {
    const source = nameOf(url)
    return lastReadAt === null
      ? health.unpolled({ source })
      : health.polled({ source, at: tellMoment(view, lastReadAt) })
  })
  const told = [
    health.runs,
    words.web.store,
    workerSentence(view, swept, late),
    ...read,
    needs === 0 ? health.nothing : health.needs({ count: needs }),
  ]
  const troubled = sources.filter(({ problem }) => problem !== null)
  return html`<p class="health ${late || needs > 0 ? 'bad' : 'good'}">
      ${told.map((sentence) => html`<span>${sentence}</span> `)}
    </p>
    ${troubled.map(({ url, problem }) => {
      const message = problem === null ? '' : sentenceOf(words, problem)
      const source = nameOf(url)
      return html`<p class="reason">${shown(words.page.problem({ source, message }), 400)}</p>`
    })}`
}

function workerSentence(view: View, swept: Date | null, late: boolean): string {
  const { health } = view.words.page
  if (swept === null) return health.neverSwept
  const at = tellMoment(view, swept.toISOString())
  return late ? health.still({ at }) : health.swept({ at })
}

function nameOf(url: string): string {
  return URL.parse(url)?.host ?? url
}
