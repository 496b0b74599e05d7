import {
  CaptureTag,
  type Context,
  defaultOperators,
  type FilterImplOptions,
  filters as liquidFilters,
  Liquid,
  type Operators,
  tags,
} from 'liquidjs'
import { escaped, filters } from './filters.ts'
import { asMarkup } from './markup.ts'

/** How long a template may work, in milliseconds, looked at before every step and filter. */
const MS = 500
/** How many characters and list members all its steps together may handle. */
const UNITS = 5_000_000
/** The longest list a single filter takes, the longest text it looks for: time must not grow by their product. */
const MEMBERS = 50_000
const NEEDLE = 200

/**
 * Liquid's own filters that posts have a use for. Not here: what writes markup or what looks like it, what gives
 * each time another answer, what works out an expression from a text, and what takes the square of the time.
 */
const open =
  'abs at_least at_most ceil divided_by floor minus modulo plus round times append capitalize downcase lstrip ' +
  'number_of_words prepend remove remove_first replace replace_first rstrip split squish strip strip_newlines upcase ' +
  'compact concat first join last map pop push reverse shift size slice sort sort_natural sum uniq unshift default ' +
  'url_decode url_encode'
/** Those of them that look for a text. */
const seeking = new Set(['remove', 'remove_first', 'replace', 'replace_first', 'split'])
/** Tags that write a table, or take a page around a page: a post has neither. */
const closed = ['tablerow', 'layout', 'block']

/** What is captured is markup already: its values were escaped when they were written into it. */
class MarkupCapture extends CaptureTag {
  override *render(context: Context): Generator<unknown, void, string> {
    yield* super.render(context)
    const scope = context.bottom()
    const html = String(Reflect.get(scope, this.variable) ?? '')
    context.memoryLimit.use(html.length)
    Reflect.set(scope, this.variable, asMarkup(html))
  }
}

/**
 * Liquid as templates have it: closed but for `partials` (texts by their files' names), with limits that end every
 * template within a second.
 */
export function engineFor(partials: ReadonlyMap<string, string>): Liquid {
  const engine = new Liquid({
    outputEscape: escaped,
    strictFilters: true,
    ownPropertyOnly: true,
    templates: Object.fromEntries([...partials].flatMap(bothNames)),
    cache: true,
    relativeReference: false,
    operators: { ...defaultOperators, contains },
    parseLimit: 200_000,
    renderLimit: MS,
    memoryLimit: UNITS,
  })
  for (const name of Object.keys(engine.filters)) engine.unregisterFilter(name)
  for (const name of filterNames) {
    engine.registerFilter(name, limited(name, filters[name] ?? liquidFilters[name]))
  }
  for (const name of closed) delete engine.tags[name]
  engine.registerTag('capture', MarkupCapture)
  return engine
}

/** The names of all filters and tags. */
export const filterNames: readonly string[] = [
  ...open.split(' '),
  ...Object.keys(filters),
].toSorted()
export const tagNames: readonly string[] = Object.keys(tags).filter(
  (name) => !closed.includes(name),
)

/** `render` may leave the end of a file's name away. */
function bothNames([name, text]: [string, string]): [string, string][] {
  return [
    [name, text],
    [name.replace(/\.liquid$/, ''), text],
  ]
}

function limited(name: string, filter: FilterImplOptions | undefined): FilterImplOptions {
  const handler = typeof filter === 'function' ? filter : filter?.handler
  if (handler === undefined) throw new Error(`no filter ${name}`)
  return function (value: unknown, ...args: unknown[]): unknown {
    // Liquid looks at its clock before it renders, be it nothing
    this.liquid.renderer.renderTemplates([], this.context).next()
    for (const given of [value, ...args]) {
      if (!Array.isArray(given)) continue
      if (given.length > MEMBERS) throw new Error(`“${name}” takes lists of at most ${MEMBERS}`)
    }
    if (seeking.has(name)) seek(args[0])
    return handler.call(this, value, ...args)
  }
}

const contains: Operators[string] = (whole: unknown, part: unknown) => {
  seek(part)
  if (Array.isArray(whole)) return whole.includes(part)
  const words = typeof part === 'number' ? String(part) : part
  return typeof whole === 'string' && typeof words === 'string' && whole.includes(words)
}

function seek(part: unknown): void {
  if (typeof part === 'string' && part.length > NEEDLE) {
    throw new Error(`what is looked for has at most ${NEEDLE} characters`)
  }
}
