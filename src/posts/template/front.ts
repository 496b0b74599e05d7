import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import { TemplateError } from '../error.ts'
import type { Visibility } from '../post.ts'
import { settingNames, settingOf } from './setting.ts'
import type { TemplateFile } from './template-file.ts'

/** What a template says about its posts, above its words. */
export interface Settings {
  /** The box that shows where the post's link leads; `above`: over the text, where the platform can. */
  card: boolean | 'above'
  /** How many of the article's pictures the post carries, at most. */
  images: number
  /** Whether what is too long for one part goes on in further ones; `numbered`: each says «1/3». */
  thread: false | 'split' | 'numbered'
  /** Whether hashtags may go, from the end, before the text is cut short. */
  dropHashtags: boolean
  /** BCP 47; null: the article's own. */
  language: string | null
  visibility: Visibility
  silent: boolean
  /** Liquid; null where there is none. */
  contentWarning: string | null
}

/** A template's settings, its words, and the line of each setting by its name in the file. */
export interface Front {
  settings: Settings
  lines: ReadonlyMap<string, number>
  body: string
}

/** What a template says that says nothing. */
export const ordinary: Settings = {
  card: false,
  images: 0,
  thread: false,
  dropHashtags: false,
  language: null,
  visibility: 'public',
  silent: false,
  contentWarning: null,
}

/**
 * Splits a template into front matter (YAML between two lines of `---`) and body. The body keeps an empty line for
 * each line of front matter, so that its lines count as in the file. Throws `TemplateError`.
 */
export function splitFront(file: Pick<TemplateFile, 'name' | 'source' | 'nearest'>): Front {
  const { name, source } = file
  const lines = source.replace(/^\u{feff}/u, '').split(/\r\n?|\n/)
  if (lines[0]?.trimEnd() !== '---') {
    return { settings: ordinary, lines: new Map(), body: lines.join('\n') }
  }
  const end = lines.findIndex((line, at) => at > 0 && line.trimEnd() === '---')
  if (end === -1) throw new TemplateError(name, 1, 'the front matter has no closing line ---')
  const body = [...lines.slice(0, end + 1).map(() => ''), ...lines.slice(end + 1)]
  return { ...parseFront(file, lines.slice(1, end).join('\n')), body: body.join('\n') }
}

function parseFront(
  { name, nearest }: Pick<TemplateFile, 'name' | 'nearest'>,
  yaml: string,
): Pick<Front, 'settings' | 'lines'> {
  const counter = new LineCounter()
  // one for the opening line
  const lineAt = (offset: number) => counter.linePos(offset).line + 1
  const document = parseDocument(yaml, { lineCounter: counter, prettyErrors: false })
  const [error] = document.errors
  if (error) throw new TemplateError(name, lineAt(error.pos[0]), `front matter: ${error.message}`)
  const lines = new Map<string, number>()
  if (document.contents === null) return { settings: ordinary, lines }
  if (!isMap(document.contents)) {
    throw new TemplateError(name, 2, 'the front matter is no list of “key: value” lines')
  }
  let settings = ordinary
  for (const { key, value } of document.contents.items) {
    const line = isScalar(key) ? lineAt(key.range?.[0] ?? 0) : 2
    const typed = isScalar(key) ? String(key.value) : 'a list'
    const setting = settingOf(typed)
    if (setting === null) {
      const near = nearest?.(typed, settingNames) ?? null
      const hint =
        near === null ? `there are ${settingNames.join(', ')}` : `did you mean “${near}”?`
      throw new TemplateError(name, line, `unknown setting “${typed}”; ${hint}`)
    }
    const changed = setting.read(isScalar(value) ? value.value : (value ?? null))
    if (changed === null) throw new TemplateError(name, line, `${typed} is ${setting.allowed}`)
    lines.set(typed, line)
    settings = { ...settings, ...changed }
  }
  return { settings, lines }
}
