import type { Config } from '../config/config.ts'
import { readTemplates } from '../config/templates.ts'
import { Problem } from '../locale/problem.ts'
import type { PlatformId } from '../platforms/platform.ts'
import { checkTemplates, type TemplateFile } from './draft.ts'

/**
 * The templates, tried before anything is posted by them. Throws `Problem` where one cannot be read, or has a
 * mistake: then its file and line.
 */
export async function checkedTemplates(
  config: Pick<Config, 'dataDir' | 'timeZone'>,
): Promise<Record<PlatformId, TemplateFile>> {
  const templates = await readTemplates(config)
  try {
    await checkTemplates(templates)
  } catch (thrown) {
    if (!(thrown instanceof Error) || thrown.name !== 'TemplateError') throw thrown
    throw new Problem('template-mistake', { message: thrown.message })
  }
  return templates
}
