import type { Article } from '../articles/article.ts'
import { cardOf } from './card.ts'
import type { Rules } from './compose.ts'
import { shortened } from './fit/cut.ts'
import { TemplateError } from './error.ts'
import type { Fitted } from './fit/fit.ts'
import type { Settings } from './template/front.ts'
import type { Image, Manner, Part, Post, Segment, Warning } from './post.ts'
import { intoParts } from './fit/thread.ts'

/** What was written about an article, before it has to fit. */
export interface Written {
  /** The template's name, for messages. */
  name: string
  settings: Settings
  contentWarning: string | null
  /** Each becomes a part, or several. */
  sections: Segment[][]
}

/**
 * Fits what was written and adds what else a post carries: card and pictures with its first part, language and manner
 * with each. A content warning leaves two thirds of the room to the text. Throws `TemplateError` where nothing is left to
 * send, or what may not be shortened does not fit.
 */
export async function finish(article: Article, written: Written, rules: Rules): Promise<Post> {
  const { name, settings, sections } = written
  const contentWarning = briefly(written.contentWarning, rules)
  const cost = (segments: Segment[]) => rules.measure(rules.write(segments), contentWarning)
  const fitted = await intoParts(sections, { ...settings, url: article.url, cost })
  if (fitted.length === 0) throw new TemplateError(name, null, 'nothing is left to post')
  const excess = Math.max(...fitted.map((part) => part.excess))
  if (excess > 0) {
    const wrong = `what may not be shortened is ${excess} characters too long`
    throw new TemplateError(
      name,
      null,
      `${wrong}; <fit> makes it elastic, “thread: split” parts it`,
    )
  }
  const { visibility, silent } = settings
  const images = article.images.slice(0, settings.images)
  const manner: Manner = { visibility, silent, contentWarning }
  const parts = fitted.map((part, at): Part => {
    const first = at === 0
    return {
      segments: part.segments,
      // where no picture can be had the card takes its place
      card:
        first && (settings.card !== false || settings.images > 0)
          ? cardFor(article, settings)
          : null,
      images: first ? images.map(({ url, alt }): Image => ({ url, alt })) : [],
      manner,
      language: settings.language ?? article.language,
      warnings: [...warningsOf(part), ...(first ? undescribed(images) : [])],
    }
  })
  if (contentWarning !== written.contentWarning && parts[0]) {
    parts[0].warnings.push({ kind: 'shortened', about: beginning(written.contentWarning ?? '') })
  }
  return { parts }
}

function cardFor(article: Article, { card }: Settings) {
  return { ...cardOf(article), above: card === 'above' }
}

function briefly(warning: string | null, { measure }: Rules): string | null {
  if (warning === null) return null
  return shortened(warning, Math.floor(measure('', null).limit / 3)) || '…'
}

function undescribed(images: readonly Image[]): Warning[] {
  return images.filter(({ alt }) => !alt).map(({ url }) => ({ kind: 'no-alt', about: url }))
}

function warningsOf({ shortened: cut, dropped }: Fitted): Warning[] {
  return [
    ...cut.map((text): Warning => ({ kind: 'shortened', about: beginning(text) })),
    ...dropped.map((text): Warning => ({ kind: 'left-out', about: beginning(text) })),
  ]
}

/** Enough of a text to know it by. */
function beginning(text: string): string {
  return shortened(text.slice(0, 500).replace(/\s+/g, ' ').trim(), 60)
}
