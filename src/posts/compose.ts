import type { Article } from '../articles/article.ts'
import { cardOf } from './card.ts'
import { graphemeAt } from './cut.ts'
import { TemplateError } from './error.ts'
import type { Spell } from './filters.ts'
import { type Fitted, fit } from './fit.ts'
import { type Cost, ordinary, type Post, type Segment, type Warning } from './post.ts'
import { parseSegments } from './segments.ts'
import { parseTemplate, renderTemplate } from './template.ts'
import type { TemplateFile } from './template-file.ts'

/** What a platform lets a post be. */
export interface Rules {
  /** The text that readers will see of these segments. */
  write(segments: Segment[]): string
  /** What such a text costs. */
  measure(text: string): Cost
  hashtag: Spell
}

/**
 * What an article becomes by a template (a file's name and words) under a platform's rules: one part that fits.
 * Throws `TemplateError` where the template is wrong, or where even its fixed part is too long.
 */
export async function composePost(
  article: Article,
  file: TemplateFile,
  { write, measure, hashtag }: Rules,
): Promise<Post> {
  const template = parseTemplate(file)
  const { name } = file
  const { html } = await renderTemplate(template, article, { hashtag })
  const fitted = fit(parseSegments(name, html), (segments) => measure(write(segments)))
  if (fitted.excess > 0) {
    throw new TemplateError(
      name,
      null,
      `what may not be shortened is ${fitted.excess} characters too long`,
    )
  }
  return {
    parts: [
      {
        segments: fitted.segments,
        card: template.settings.card ? cardOf(article) : null,
        images: [],
        manner: ordinary,
        language: article.language,
        warnings: warningsOf(fitted),
      },
    ],
  }
}

function warningsOf({ shortened, dropped }: Fitted): Warning[] {
  return [
    ...shortened.map((text): Warning => ({ kind: 'shortened', about: beginning(text) })),
    ...dropped.map((text): Warning => ({ kind: 'left-out', about: beginning(text) })),
  ]
}

/** Enough of a text to know it by. */
function beginning(text: string): string {
  const line = text.slice(0, 500).replace(/\s+/g, ' ').trim()
  return line.length <= 60 ? line : `${line.slice(0, graphemeAt(line, 60)).trimEnd()}…`
}
