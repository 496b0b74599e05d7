import { LiquidError } from 'liquidjs'
import { filterNames, tagNames } from './engine.ts'
import { TemplateError } from '../error.ts'
import type { TemplateFile } from './template-file.ts'

/** What Liquid says, and what it means to whoever wrote the template. */
const meanings: readonly [RegExp, string][] = [
  [/template render limit exceeded/, 'this takes longer than half a second'],
  [
    /memory alloc limit exceeded|Invalid (?:string|array) length/,
    'this works on too much text at once',
  ],
  [/parse length limit exceeded/, 'this is too long for a template'],
  [/Maximum call stack size exceeded/, 'this is nested too deeply'],
]

/**
 * A mistake as Liquid throws it, as `TemplateError` with the file and line it speaks of; whatever else was thrown
 * stays as it is.
 */
export function toldBy(thrown: unknown, name: string, nearest?: TemplateFile['nearest']): unknown {
  if (!(thrown instanceof Error)) return thrown
  // Liquid says file, line and column at the end of its message, in its own way
  const wrong = thrown.message.replace(/, (file:.*, )?line:\d+, col:\d+$/s, '')
  const meaning = meaningOf(wrong) ?? unknownIn(wrong, nearest)
  if (!LiquidError.is(thrown))
    return meaning === null ? thrown : new TemplateError(name, null, meaning)
  const { file } = thrown.token
  const inPartial = file !== undefined && file !== name
  return new TemplateError(
    inPartial ? beside(name, file) : name,
    thrown.token.getPosition()[0] ?? null,
    meaning ?? wrong,
  )
}

/** A partial as messages name it: in its template's folder. */
export function beside(template: string, partial: string): string {
  const folder = template.slice(0, template.lastIndexOf('/') + 1)
  const file = partial.endsWith('.liquid') ? partial : `${partial}.liquid`
  return partial.startsWith(folder) && folder !== '' ? partial : `${folder}${file}`
}

function meaningOf(wrong: string): string | null {
  return meanings.find(([pattern]) => pattern.test(wrong))?.[1] ?? null
}

function unknownIn(wrong: string, nearest: TemplateFile['nearest']): string | null {
  const [, filter, tag] = /^undefined filter: (.*)$|^tag "(.*)" not found$/s.exec(wrong) ?? []
  const typed = filter ?? tag
  if (typed === undefined) return null
  const known = filter === undefined ? tagNames : filterNames
  const near = nearest?.(typed, known) ?? null
  const hint = near === null ? `there are ${known.join(', ')}` : `did you mean “${near}”?`
  return `there is no ${filter === undefined ? 'tag' : 'filter'} “${typed}”; ${hint}`
}
