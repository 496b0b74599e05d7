import { Parser } from 'htmlparser2'
import { type Liquid, type Template as Node, type Token, TokenKind, Tokenizer } from 'liquidjs'
import type { Article } from '../../articles/article.ts'
import { faultIn } from './elements.ts'
import { TemplateError } from '../error.ts'
import { every, type Piece } from './partials.ts'
import type { TemplateFile } from './template-file.ts'

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

/** A line of a template or partial, counted from 1. */
export interface Place {
  /** The file's name. */
  name: string
  line: number
}

/**
 * What is wrong with a template and the partials it names, as far as that shows before there is an article: unknown
 * variables and elements, ranges that may have no end. The first piece is the template itself. Throws `TemplateError`.
 * Returns where it parts its posts by `<hr>`.
 */
export function inspect(
  pieces: readonly Piece[],
  engine: Liquid,
  nearest: TemplateFile['nearest'],
): Place[] {
  checkVariables(pieces, engine, nearest)
  return pieces.flatMap((piece) => {
    const breaks = checkElements(piece)
    checkRanges(piece, engine)
    return breaks
  })
}

function checkVariables(
  pieces: readonly Piece[],
  engine: Liquid,
  nearest: TemplateFile['nearest'],
): void {
  const uses = pieces.map(({ nodes }) => engine.analyzeSync(nodes, { partials: false }))
  const names = new Set([
    ...Object.keys(fields),
    ...uses.flatMap(({ locals }) => Object.keys(locals)),
  ])
  // a partial also knows what it is handed, and what surrounds it
  const handed = new Set(pieces.flatMap(({ nodes }) => [...handedOn(nodes)]))
  for (const [at, { globals }] of uses.entries()) {
    for (const [variable, [use]] of Object.entries(globals)) {
      if (names.has(variable) || (at > 0 && handed.has(variable))) continue
      const near = nearest?.(variable, [...names]) ?? null
      const hint = near === null ? `there are ${[...names].join(', ')}` : `did you mean “${near}”?`
      const line = use?.location.row ?? null
      throw new TemplateError(pieces[at]?.name ?? '', line, `there is no “${variable}”; ${hint}`)
    }
  }
}

function* handedOn(nodes: readonly Node[]): Generator<string> {
  for (const node of every(nodes)) {
    const partial = node.partialScope?.()
    if (partial !== undefined) {
      // what is handed over by `with` alone has the partial's own name
      yield partial.name
      for (const one of partial.scope) yield typeof one === 'string' ? one : one[0]
    }
    yield* node.blockScope?.() ?? []
  }
  yield 'forloop'
}

/** Looks at the elements that the template itself writes: the source with all Liquid blanked out. Returns each `<hr>`. */
function checkElements({ name, body, nodes }: Piece): Place[] {
  const html: Token[] = []
  for (const { token } of every(nodes)) if (token.kind === TokenKind.HTML) html.push(token)
  let markup = ''
  for (const { begin, end } of html.toSorted((a, b) => a.begin - b.begin)) {
    markup += body.slice(markup.length, begin).replace(/[^\n]/g, ' ') + body.slice(begin, end)
  }
  const breaks: Place[] = []
  const parser = new Parser({
    onopentag: (element, attributes) => {
      const fault = faultIn(element, Object.keys(attributes))
      if (fault === null && element !== 'hr') return
      const line = markup.slice(0, parser.startIndex).split('\n').length
      if (fault !== null) throw new TemplateError(name, line, fault)
      breaks.push({ name, line })
    },
  })
  parser.end(markup)
  return breaks
}

/** Counting past 2^53 never ends, so what a range may count to must show. */
function checkRanges({ name, body }: Piece, { options }: Liquid): void {
  const bound = /^(?:-?\d{1,4}|[\p{L}_][\p{L}\p{N}_.[\]"-]*\.size|forloop\.\w+)$/u
  let told = false
  for (const token of new Tokenizer(body, options.operators).readTopLevelTokens(options)) {
    const text = token.getText()
    if (token.kind === TokenKind.HTML) continue
    if (/^\{%-?\s*(?:end)?comment\b/.test(text)) told = !/^\{%-?\s*end/.test(text)
    if (told) continue
    for (const [, from = '', to = ''] of text
      .replace(/"[^"]*"|'[^']*'/g, '""')
      .matchAll(/\(([^()]*?)\.\.([^()]*)/g)) {
      if (bound.test(from.trim()) && bound.test(to.trim())) continue
      const wrong = 'a range goes to a number of at most four digits, or to a size: (1..tags.size)'
      throw new TemplateError(name, token.getPosition()[0] ?? null, wrong)
    }
  }
}
