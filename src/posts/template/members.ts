import type { Article } from '../../articles/article.ts'
import { TemplateError } from '../error.ts'
import type { Template } from './template.ts'
import type { TemplateFile } from './template-file.ts'

const picture = ['url', 'alt']
const ends = ['first', 'last', 'size']

/** What the fields of an article that are more than a text hold. */
const members: ReadonlyMap<string, readonly string[]> = new Map<keyof Article, string[]>([
  ['image', picture],
  ['images', ends],
  ['categories', ends],
  ['tags', ends],
  ['authors', ends],
])

/**
 * Throws `TemplateError` where a template names what a field of an article has not: `image.ur`.
 * What it made itself, by `assign` or a loop, is its own business.
 */
export function checkMembers(
  { name, nodes, warning, engine }: Template,
  nearest: TemplateFile['nearest'],
): void {
  const { globals, locals } = engine.analyzeSync([...nodes, ...(warning ?? [])], {
    partials: false,
  })
  for (const [field, uses] of Object.entries(globals)) {
    if (Object.hasOwn(locals, field)) continue
    for (const { segments, location } of uses) {
      const fault = faultOf(segments, nearest)
      if (fault === null) continue
      throw new TemplateError(name, location.row, fault)
    }
  }
}

function faultOf(path: readonly unknown[], nearest: TemplateFile['nearest']): string | null {
  const [field, member, of] = path
  if (typeof field !== 'string') return null
  const known = members.get(field)
  if (known === undefined) return null
  if (typeof member === 'string' && !known.includes(member)) return told(field, member, known)
  const ofPicture = field === 'images' && member !== 'size'
  if (!ofPicture || typeof of !== 'string' || picture.includes(of)) return null
  return told(`a picture of ${field}`, of, picture)

  function told(whole: string, typed: string, all: readonly string[]): string {
    const near = nearest?.(typed, all) ?? null
    const hint = near === null ? `there are ${all.join(', ')}` : `did you mean “${near}”?`
    return `${whole} has no “${typed}”; ${hint}`
  }
}
