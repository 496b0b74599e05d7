import { setImmediate as others } from 'node:timers/promises'
import type { Article } from '../articles/article.ts'
import { TemplateError } from './error.ts'
import type { Spell } from './template/filters.ts'
import { FAR_TOO_LONG } from './fit/fit.ts'
import { finish } from './finish.ts'
import { ordinary, type Settings } from './template/front.ts'
import { ownWords, plainWords } from './own.ts'
import type { Cost, Post, Segment } from './post.ts'
import { parseSections } from './segments.ts'
import { parseTemplate, renderTemplate, renderWarning, type Template } from './template/template.ts'
import type { TemplateFile } from './template/template-file.ts'

/** What a platform lets a post be. */
export interface Rules {
  /** The text that readers will see of these segments. */
  write(segments: Segment[]): string
  /** What such a text costs, with the content warning above it. */
  measure(text: string, contentWarning: string | null): Cost
  hashtag: Spell
  /** The article's own words for this platform, if it has any: they take the place of the template's. */
  ownWords?: string | null
}

/**
 * What an article becomes by a template under a platform's rules: parts that fit. Nothing stops a post: where its
 * template fails with this article, title and link go out, with a warning that says why. Throws `TemplateError` only
 * where the limits leave no room for the link.
 */
export async function composePost(
  article: Article,
  file: TemplateFile,
  rules: Rules,
): Promise<Post> {
  try {
    return await composeStrictly(article, file, rules)
  } catch (thrown) {
    return composePlain(article, file, rules, thrown)
  }
}

/**
 * The same, but throws `TemplateError` where the template is wrong, takes too long, writes nothing, or leaves too
 * little room.
 */
export async function composeStrictly(
  article: Article,
  file: TemplateFile,
  rules: Rules,
): Promise<Post> {
  const { name } = file
  const template = parseTemplate(file)
  if (typeof rules.ownWords === 'string') {
    const contentWarning = await warningOf(template, article, rules)
    const { thread } = template.settings
    const how = { thread, fits: fits(rules, contentWarning) }
    const sections = [ownWords(rules.ownWords, article.url, how)]
    return finish(article, { name, settings: template.settings, contentWarning, sections }, rules)
  }
  const { html, contentWarning } = await renderTemplate(template, article, rules)
  // between the steps of a long text others have their turn
  await others()
  const sections = parseSections(name, html)
  await others()
  return finish(article, { name, settings: template.settings, contentWarning, sections }, rules)
}

/** Whether segments fit as they are. */
function fits({ write, measure }: Rules, contentWarning: string | null) {
  const { limit } = measure('', null)
  return (segments: Segment[]) =>
    segments.every(({ text }) => text.length <= limit * FAR_TOO_LONG) &&
    measure(write(segments), contentWarning).fits
}

async function composePlain(
  article: Article,
  file: TemplateFile,
  rules: Rules,
  thrown: unknown,
): Promise<Post> {
  const template = readable(file)
  const settings: Settings = template?.settings ?? { ...ordinary, card: true }
  const contentWarning = template && (await warningOf(template, article, rules))
  const made = { name: file.name, settings, contentWarning, sections: [plainWords(article)] }
  const { parts } = await finish(article, made, rules)
  const about = thrown instanceof Error ? thrown.message : String(thrown)
  return {
    parts: parts.map((part, at) =>
      at > 0 ? part : { ...part, warnings: [{ kind: 'template', about }, ...part.warnings] },
    ),
  }
}

/** A content warning that cannot be written must still stand, since it hides what it speaks of. */
async function warningOf(
  template: Template,
  article: Article,
  rules: Rules,
): Promise<string | null> {
  try {
    return await renderWarning(template, article, rules)
  } catch {
    return '…'
  }
}

function readable(file: TemplateFile): Template | null {
  try {
    return parseTemplate(file)
  } catch (thrown) {
    if (thrown instanceof TemplateError) return null
    throw thrown
  }
}
