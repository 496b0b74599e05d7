import type { Liquid, Template as Node } from 'liquidjs'
import type { Article } from '../../articles/article.ts'
import { engineFor } from './engine.ts'
import { TemplateError } from '../error.ts'
import { AROUND, type Around, type Spell } from './filters.ts'
import { type Settings, splitFront } from './front.ts'
import { inspect, type Place } from './inspect.ts'
import { finished, harmless } from './markup.ts'
import { partialTexts, piecesOf } from './partials.ts'
import { parseSections } from '../segments.ts'
import type { TemplateFile } from './template-file.ts'
import { toldBy } from './told.ts'

/** More than any post is made of; characters of what a template writes. */
const MOST = 2_000_000

/** A template that was read and found without fault, as far as that shows before there is an article. */
export interface Template {
  name: string
  settings: Settings
  /** The line of each setting that the file has, by its name there. */
  lines: ReadonlyMap<string, number>
  nodes: Node[]
  /** Each `<hr>` that it or a partial writes. */
  breaks: Place[]
  /** The content warning's. */
  warning: Node[] | null
  /** Liquid, with the partials of the template's folder. */
  engine: Liquid
  timeZone: string
}

const parsed = new WeakMap<TemplateFile, Template>()

/**
 * Reads a template: Liquid with YAML front matter (`Settings`), whose output is the small HTML of `parseSections`.
 * The same file object is read once. Throws `TemplateError` for broken Liquid, unknown settings, variables, filters,
 * partials or elements.
 */
export function parseTemplate(file: TemplateFile): Template {
  const known = parsed.get(file)
  if (known) return known
  const template = readTemplate(file)
  parsed.set(file, template)
  return template
}

function readTemplate(file: TemplateFile): Template {
  const { name, nearest, timeZone = 'UTC' } = file
  const { settings, lines, body } = splitFront(file)
  const texts = partialTexts(file.others)
  const engine = engineFor(texts)
  const read = (words: string) => {
    const [own, ...partials] = piecesOf({ name, body: words }, engine, { texts, nearest })
    if (own === undefined) throw new TemplateError(name, null, 'this cannot be read')
    return { nodes: own.nodes, breaks: inspect([own, ...partials], engine, nearest) }
  }
  try {
    const { nodes, breaks } = read(body)
    const { contentWarning } = settings
    // below as many empty lines as stand above it, so that a mistake in it has its line
    const above = '\n'.repeat((lines.get('content_warning') ?? 1) - 1)
    const warning = contentWarning === null ? null : read(`${above}${contentWarning}`).nodes
    return { name, settings, lines, nodes, breaks, warning, engine, timeZone }
  } catch (thrown) {
    throw toldBy(thrown, name, nearest)
  }
}

/** What a template makes of an article. */
export interface Rendered {
  /** For `parseSections`. */
  html: string
  /** Plain text; null where there is none. */
  contentWarning: string | null
}

/** Writes an article by a template. Throws `TemplateError`, also where it works too long. */
export async function renderTemplate(
  template: Template,
  article: Article,
  means: { hashtag: Spell },
): Promise<Rendered> {
  const html = finished(await written(template, template.nodes, article, means))
  return { html, contentWarning: await renderWarning(template, article, means) }
}

/** The content warning alone, for a post whose words are not the template's. Throws `TemplateError`. */
export async function renderWarning(
  template: Template,
  article: Article,
  means: { hashtag: Spell },
): Promise<string | null> {
  if (template.warning === null) return null
  const html = finished(await written(template, template.warning, article, means))
  const segments = parseSections(template.name, html).flat()
  return (
    segments
      .map(({ text }) => text)
      .join('')
      .replaceAll('\n', ' ')
      .trim() || null
  )
}

async function written(
  { name, settings, engine, timeZone }: Template,
  nodes: Node[],
  article: Article,
  { hashtag }: { hashtag: Spell },
): Promise<string> {
  const language = settings.language ?? article.language
  const around: Around = { hashtag, language, timeZone }
  // as globals, so that partials know them too
  const globals = Object.fromEntries(
    Object.entries({ ...article, language }).map(([field, value]) => [field, harmless(value)]),
  )
  const render = (): Promise<unknown> =>
    engine.render(nodes, {}, { globals: { ...globals, [AROUND]: around } })
  try {
    // its time is the clock's: a machine that stood still for a moment is no fault of the template
    const html = await render().catch(render)
    if (typeof html !== 'string' || html.length > MOST) {
      throw new TemplateError(name, null, `this writes more than ${MOST} characters`)
    }
    return html
  } catch (thrown) {
    throw toldBy(thrown, name)
  }
}
