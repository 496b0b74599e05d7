import { Parser } from 'htmlparser2'
import { Liquid, LiquidError, type Template as Node, type Token, TokenKind } from 'liquidjs'
import type { Article } from '../articles/article.ts'
import { faultOf } from './elements.ts'
import { TemplateError } from './error.ts'
import { filters, SPELL, type Spell } from './filters.ts'
import { type Settings, splitFront } from './front.ts'
import type { TemplateFile } from './template-file.ts'

/** A template that was read and found without fault, as far as that shows before there is an article. */
export interface Template {
  name: string
  settings: Settings
  /** The line of each setting that the file has, by its name there. */
  lines: ReadonlyMap<string, number>
  nodes: Node[]
  /** The content warning's. */
  warning: Node[] | null
}

/** What a template can name: every field of an article but the words that stand in for it. */
const fields: Readonly<Record<Exclude<keyof Article, 'posts'>, true>> = {
  url: true,
  title: true,
  excerpt: true,
  preface: true,
  content: true,
  credit: true,
  image: true,
  images: true,
  categories: true,
  tags: true,
  authors: true,
  language: true,
  publishedAt: true,
  updatedAt: true,
}

// `templates`: partials are looked up in this empty mapping, so that no template can read a file
const engine = new Liquid({
  outputEscape: 'escape',
  strictFilters: true,
  ownPropertyOnly: true,
  templates: {},
  parseLimit: 100_000,
  renderLimit: 5_000,
  memoryLimit: 20_000_000,
})
for (const [name, filter] of Object.entries(filters)) engine.registerFilter(name, filter)

const parsed = new WeakMap<TemplateFile, Template>()

/**
 * Reads a template: Liquid with YAML front matter (`Settings`), whose output is the small HTML of `parseSegments`.
 * The same file object is read once. Throws `TemplateError` for broken Liquid, unknown settings, variables, filters
 * or elements.
 */
export function parseTemplate(file: TemplateFile): Template {
  const known = parsed.get(file)
  if (known) return known
  const template = readTemplate(file)
  parsed.set(file, template)
  return template
}

function readTemplate(file: TemplateFile): Template {
  const { name } = file
  const { settings, lines, body } = splitFront(file)
  try {
    const nodes = engine.parse(body)
    checkVariables(name, nodes)
    checkElements(name, body, nodes)
    const warning = settings.contentWarning === null ? null : engine.parse(settings.contentWarning)
    return { name, settings, lines, nodes, warning }
  } catch (thrown) {
    throw told(name, thrown)
  }
}

/** What a template makes of an article. */
export interface Rendered {
  /** For `parseSegments`. */
  html: string
  /** Plain text; null where there is none. */
  contentWarning: string | null
}

/** Writes an article by a template. Throws `TemplateError`, also where it works too long. */
export async function renderTemplate(
  { name, nodes, warning }: Template,
  article: Article,
  { hashtag }: { hashtag: Spell },
): Promise<Rendered> {
  try {
    const around = { globals: { [SPELL]: hashtag } }
    const html: unknown = await engine.render(nodes, { ...article }, around)
    const words: unknown =
      warning === null ? '' : await engine.render(warning, { ...article }, around)
    return { html: String(html), contentWarning: String(words).trim() || null }
  } catch (thrown) {
    throw told(name, thrown)
  }
}

function checkVariables(name: string, nodes: Node[]): void {
  const { globals } = engine.analyzeSync(nodes, { partials: false })
  for (const [variable, [use]] of Object.entries(globals)) {
    if (Object.hasOwn(fields, variable)) continue
    const known = Object.keys(fields).join(', ')
    throw new TemplateError(
      name,
      use?.location.row ?? null,
      `there is no “${variable}”; there are ${known}`,
    )
  }
}

/** Looks at the elements that the template itself writes: the source with all Liquid blanked out. */
function checkElements(name: string, body: string, nodes: Node[]): void {
  const html = [...htmlOf(nodes)]
  let markup = ''
  for (const { begin, end } of html.toSorted((a, b) => a.begin - b.begin)) {
    markup += body.slice(markup.length, begin).replace(/[^\n]/g, ' ') + body.slice(begin, end)
  }
  const parser = new Parser({
    onopentag: (element, attributes) => {
      const fault = faultOf(element, Object.keys(attributes))
      if (fault === null) return
      throw new TemplateError(name, markup.slice(0, parser.startIndex).split('\n').length, fault)
    },
  })
  parser.end(markup)
}

function* htmlOf(nodes: Node[]): Generator<Token> {
  for (const node of nodes) {
    if (node.token.kind === TokenKind.HTML) yield node.token
    const children = node.children?.(false, true)
    let step = children?.next()
    while (step && !step.done) step = children?.next(step.value)
    if (step?.done && Array.isArray(step.value)) yield* htmlOf(step.value)
  }
}

/** Liquid's own errors say file, line and column in their message, in their own way. */
function told(name: string, thrown: unknown): unknown {
  if (!LiquidError.is(thrown)) return thrown
  const wrong = thrown.message.replace(/, (file:.*, )?line:\d+, col:\d+$/s, '')
  return new TemplateError(name, thrown.token.getPosition()[0] ?? null, wrong)
}
