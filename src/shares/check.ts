import type { TemplateFile } from '../posts/template/template-file.ts'
import { forX } from './places.ts'

/**
 * Throws the `TemplateError` of a template for what is shared elsewhere that would fail with ordinary articles, or
 * would write several parts: whoever shares sends one.
 */
export async function checkShareTemplate(template: TemplateFile): Promise<void> {
  const { checkTemplate } = await import('../posts/template/check.ts')
  await checkParts(template)
  await checkTemplate(template, {
    ...forX,
    leads: ({ segments }, url) => forX.write(segments).includes(url),
  })
}

async function checkParts(template: TemplateFile): Promise<void> {
  const { parseTemplate } = await import('../posts/template/template.ts')
  const { TemplateError } = await import('../posts/error.ts')
  const { settings, lines, breaks } = parseTemplate(template)
  const wrong = 'a share has one part: no thread, no <hr>'
  const thread = lines.get('thread') ?? null
  if (settings.thread !== false) throw new TemplateError(template.name, thread, wrong)
  const [first] = breaks
  if (first !== undefined) throw new TemplateError(first.name, first.line, wrong)
}
