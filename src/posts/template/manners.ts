import { TemplateError } from '../error.ts'
import type { Manner } from '../post.ts'
import { parseTemplate } from './template.ts'
import type { TemplateFile } from './template-file.ts'

/** How front matter calls what a post's manner holds. */
const names: Readonly<Record<keyof Manner, string>> = {
  visibility: 'visibility',
  contentWarning: 'content_warning',
  silent: 'silent',
}

/**
 * Throws `TemplateError` where a template says something about its posts that its platform has not.
 * `manners`: what each platform has, by its name.
 */
export function checkManners(
  file: TemplateFile,
  platform: string,
  manners: Readonly<Record<string, readonly (keyof Manner)[]>>,
): void {
  const { lines } = parseTemplate(file)
  for (const manner of ['visibility', 'contentWarning', 'silent'] as const) {
    const name = names[manner]
    const line = lines.get(name)
    if (line === undefined || manners[platform]?.includes(manner) === true) continue
    const others = Object.keys(manners).filter((other) => manners[other]?.includes(manner))
    const wrong = `“${name}” means nothing on ${platform}; it is for ${others.join(' and ')}`
    throw new TemplateError(file.name, line, wrong)
  }
}
