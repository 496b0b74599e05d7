import type { Config } from '../config/config.ts'
import { readTemplates, type Templates } from '../config/templates.ts'
import { Problem } from '../locale/problem.ts'
import { checkShareTemplate } from '../shares/check.ts'
import { checkTemplates } from './draft.ts'

/**
 * The templates, tried before anything is posted by them. Throws `Problem` where one cannot be read, or has a
 * mistake: then its file and line.
 */
export async function checkedTemplates(
  config: Pick<Config, 'dataDir' | 'timeZone'>,
): Promise<Templates> {
  const templates = await readTemplates(config)
  try {
    await checkTemplates(templates)
    await checkShareTemplate(templates.share)
  } catch (thrown) {
    if (!(thrown instanceof Error) || thrown.name !== 'TemplateError') throw thrown
    throw new Problem('template-mistake', { message: thrown.message })
  }
  return templates
}
