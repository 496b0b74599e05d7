import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import { TemplateError } from './error.ts'

/** What a template says about its posts, above its words. */
export interface FrontMatter {
  /** Whether the post carries the box that shows where its link leads. */
  card: boolean
}

/**
 * Splits a template into front matter (YAML between two lines of `---`) and body. The body keeps an empty line for
 * each line of front matter, so that its lines count as in the file. Throws `TemplateError`.
 */
export function splitFront(name: string, source: string): { front: FrontMatter; body: string } {
  const lines = source.replace(/^\u{feff}/u, '').split(/\r\n?|\n/)
  if (lines[0]?.trimEnd() !== '---') return { front: { card: false }, body: lines.join('\n') }
  const end = lines.findIndex((line, at) => at > 0 && line.trimEnd() === '---')
  if (end === -1) throw new TemplateError(name, 1, 'the front matter has no closing line ---')
  const body = [...lines.slice(0, end + 1).map(() => ''), ...lines.slice(end + 1)]
  return { front: parseFront(name, lines.slice(1, end).join('\n')), body: body.join('\n') }
}

function parseFront(name: string, yaml: string): FrontMatter {
  const counter = new LineCounter()
  // one for the opening line
  const lineAt = (offset: number) => counter.linePos(offset).line + 1
  const document = parseDocument(yaml, { lineCounter: counter, prettyErrors: false })
  const [error] = document.errors
  if (error) throw new TemplateError(name, lineAt(error.pos[0]), `front matter: ${error.message}`)
  const front: FrontMatter = { card: false }
  if (document.contents === null) return front
  if (!isMap(document.contents)) {
    throw new TemplateError(name, 2, 'the front matter is no list of “key: value” lines')
  }
  for (const { key, value } of document.contents.items) {
    const line = isScalar(key) ? lineAt(key.range?.[0] ?? 0) : 2
    if (!isScalar(key) || key.value !== 'card') {
      throw new TemplateError(name, line, `unknown setting “${String(key)}”; there is: card`)
    }
    if (!isScalar(value) || typeof value.value !== 'boolean') {
      throw new TemplateError(name, line, 'card is true or false')
    }
    front.card = value.value
  }
  return front
}
