import type { Config } from '../config/config.ts'
import type { ArticleView } from '../deliveries/story.ts'
import { type DeliveryView, standingOf } from '../deliveries/view.ts'
import { changeSentence } from '../locale/changes.ts'
import { errorSentence } from '../locale/errors.ts'
import type { Words } from '../locale/words.ts'
import { safe, titled, toned } from './terminal.ts'

type Out = Parameters<typeof toned>[0]

/** A moment as people read it, in their zone and language. */
export function tellMoment(
  iso: string,
  { locale, timeZone }: Pick<Config, 'locale' | 'timeZone'>,
): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(new Date(iso))
}

/** One line about one delivery: account, state, where it stands, why not, when again. */
export function tellState(
  delivery: DeliveryView,
  words: Words,
  config: Pick<Config, 'locale' | 'timeZone'>,
): string {
  const { state, url, error, change, dueAt, siteAt, waitsFor, heldFor, notice } = delivery
  const parts = [words.deliveries.states[state]]
  if (url !== null) parts.push(url)
  const begun = standingOf(delivery)
  if (begun !== null) parts.push(words.deliveries.partsStand(begun))
  if (error !== null && state !== 'published') {
    parts.push(errorSentence(words, error))
  }
  if (waitsFor === 'a person') parts.push(words.deliveries.uncertainAsks())
  if (heldFor !== null) parts.push(words.deliveries.heldFor[heldFor]({ notice }))
  if (waitsFor === 'account paused') parts.push(words.deliveries.accountPaused())
  else if (waitsFor === 'account not configured') parts.push(words.deliveries.accountGone())
  else if (state === 'pending' && dueAt !== null && Date.parse(dueAt) > Date.now()) {
    parts.push(words.deliveries.dueAt({ at: tellMoment(dueAt, config) }))
    if (siteAt === dueAt) parts.push(words.deliveries.siteAt())
  }
  if (change !== null) parts.push(changeSentence(words, change, (iso) => tellMoment(iso, config)))
  return `${delivery.account}: ${safe(parts.join(' · '))}`
}

/** An article and its deliveries, for a person at a terminal. */
export function tellArticle(story: ArticleView, words: Words, config: Config, out: Out): string {
  const head = [
    `${story.id}  ${toned(out, 'strong', titled(story.title, 300) || story.url)}`,
    toned(out, 'quiet', `     ${safe(story.url)}`),
  ]
  const lines = story.deliveries.map((delivery) => {
    const tone =
      delivery.state === 'published' ? 'good' : badStates.includes(delivery.state) ? 'bad' : 'quiet'
    return `${delivery.id.padEnd(5)}${toned(out, tone, tellState(delivery, words, config))}`
  })
  return [...head, ...lines].join('\n')
}

const badStates: readonly DeliveryView['state'][] = ['failed', 'uncertain', 'held']
