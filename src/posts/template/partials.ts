import {
  type Liquid,
  type Template as Node,
  TagToken,
  type Token,
  TokenKind,
  Tokenizer,
} from 'liquidjs'
import { TemplateError } from '../error.ts'
import type { TemplateFile } from './template-file.ts'
import { beside, toldBy } from './told.ts'

/** A template's own words, or a partial's, as Liquid reads them. */
export interface Piece {
  /** The file's name. */
  name: string
  body: string
  nodes: Node[]
}

const SUFFIX = '.liquid'
/** Characters of one tag, or of one line of `liquid`: what Liquid makes of them takes the square of the time. */
const LONGEST = 2000

/** The files that the templates of a folder may take in, by their names, as they are read. */
export function partialTexts(others: TemplateFile['others'] = {}): Map<string, string> {
  return new Map(
    Object.entries(others)
      .filter(([name]) => name.endsWith(SUFFIX))
      .map(([name, text]) => [name, text.replace(/^\u{feff}/u, '').replaceAll(/\r\n?/g, '\n')]),
  )
}

/** How a partial is called as a file: `signature` is short for `signature.liquid`. */
function fileOf(partial: string): string {
  return partial.endsWith(SUFFIX) ? partial : `${partial}${SUFFIX}`
}

/**
 * A template with all the partials that it and they name, each once, itself first. Throws `TemplateError` for broken
 * Liquid, and for a partial that is not in the folder, is named by a variable, or takes itself in.
 */
export function piecesOf(
  template: Pick<Piece, 'name' | 'body'>,
  engine: Liquid,
  { nearest, texts }: { texts: ReadonlyMap<string, string>; nearest: TemplateFile['nearest'] },
): Piece[] {
  const pieces = new Map<string, Piece>()
  const open = new Set<string>()
  const visit = (file: string, { name, body }: Pick<Piece, 'name' | 'body'>): void => {
    const piece = { name, body, nodes: parsed(name, body, engine, nearest) }
    pieces.set(file, piece)
    open.add(file)
    for (const { token, partial } of namedIn(piece.nodes)) {
      const line = token.getPosition()[0] ?? null
      const named = fileOf(partial ?? '')
      const text = texts.get(named)
      if (partial === null || text === undefined) {
        throw new TemplateError(name, line, noPartial(partial, [...texts.keys()]))
      }
      if (open.has(named)) {
        throw new TemplateError(name, line, `“${named}” takes itself in, endlessly`)
      }
      if (pieces.has(named)) continue
      if (/^---[ \t]*\n/.test(text)) {
        const wrong = 'front matter is for the template itself, not for a partial'
        throw new TemplateError(beside(template.name, named), 1, wrong)
      }
      visit(named, { name: beside(template.name, named), body: text })
    }
    open.delete(file)
  }
  visit('', template)
  return [...pieces.values()]
}

/** Nodes and all that they hold, partials aside. */
export function* every(nodes: readonly Node[]): Generator<Node> {
  for (const node of nodes) {
    yield node
    const children = node.children?.(false, true)
    let step = children?.next()
    while (step && !step.done) step = children?.next(step.value)
    if (step?.done && Array.isArray(step.value)) yield* every(step.value)
  }
}

function parsed(
  name: string,
  body: string,
  engine: Liquid,
  nearest: TemplateFile['nearest'],
): Node[] {
  try {
    for (const token of new Tokenizer(body).readTopLevelTokens(engine.options)) {
      const longest = Math.max(
        ...token
          .getText()
          .split('\n')
          .map((line) => line.length),
      )
      if (token.kind === TokenKind.HTML || longest <= LONGEST) continue
      const wrong = `this is longer than ${LONGEST} characters; make several of it`
      throw new TemplateError(name, token.getPosition()[0] ?? null, wrong)
    }
    return engine.parse(body, name)
  } catch (thrown) {
    throw toldBy(thrown, name, nearest)
  }
}

/** The partials that nodes name; null where one is not named by a plain text. */
function* namedIn(nodes: readonly Node[]): Generator<{ token: Token; partial: string | null }> {
  for (const node of every(nodes)) {
    const { token } = node
    if (token instanceof TagToken && ['render', 'include'].includes(token.name)) {
      yield { token, partial: node.partialScope?.()?.name ?? null }
    }
  }
}

function noPartial(partial: string | null, files: readonly string[]): string {
  if (partial === null)
    return 'a partial is named by a plain text in quotes: {% render "signature" %}'
  if (/[/\\]|^\.|\.\./.test(partial)) {
    return `“${partial}” is no file of this folder, and nothing else can be read`
  }
  const there = files.length === 0 ? 'there is no partial' : `there are ${files.join(', ')}`
  return `there is no file “${fileOf(partial)}” in this folder; ${there}`
}
