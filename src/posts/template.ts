import { Parser } from 'htmlparser2'
import { Liquid, LiquidError, type Template as Node, type Token, TokenKind } from 'liquidjs'
import type { Article } from '../articles/article.ts'
import { faultOf } from './elements.ts'
import { TemplateError } from './error.ts'
import { filters, SPELL, type Spell } from './filters.ts'
import { splitFront } from './front.ts'

/** A template that was read and found without fault, as far as that shows before there is an article. */
export interface Template {
  name: string
  card: boolean
  nodes: Node[]
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

/**
 * Reads a template: Liquid with YAML front matter (`card: true` for a link card), whose output is the small HTML of
 * `parseSegments`. Throws `TemplateError` for broken Liquid, unknown settings, variables, filters or elements.
 */
export function parseTemplate(name: string, source: string): Template {
  const { front, body } = splitFront(name, source)
  try {
    const nodes = engine.parse(body)
    checkVariables(name, nodes)
    checkElements(name, body, nodes)
    return { name, card: front.card, nodes }
  } catch (thrown) {
    throw told(name, thrown)
  }
}

/** The HTML that a template makes of an article. Throws `TemplateError`, also where it works too long. */
export async function renderTemplate(
  template: Template,
  article: Article,
  { hashtag }: { hashtag: Spell },
): Promise<string> {
  try {
    const html: unknown = await engine.render(
      template.nodes,
      { ...article },
      {
        globals: { [SPELL]: hashtag },
      },
    )
    return String(html)
  } catch (thrown) {
    throw told(template.name, thrown)
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
