import type { TemplateFile } from '../posts/template/template-file.ts'
import { forX } from './places.ts'

/** Throws the `TemplateError` of a template for what is shared elsewhere that would fail with ordinary articles. */
export async function checkShareTemplate(template: TemplateFile): Promise<void> {
  const { checkTemplate } = await import('../posts/template/check.ts')
  await checkTemplate(template, {
    ...forX,
    leads: ({ segments }, url) => forX.write(segments).includes(url),
  })
}
