import { composeStrictly, type Rules } from './compose.ts'
import { TemplateError } from './error.ts'
import { parseSections } from './segments.ts'
import { parseTemplate, renderTemplate } from './template.ts'
import type { TemplateFile } from './template-file.ts'
import { ordinaryTrial, trials } from './trial.ts'

/**
 * Tries a template with made-up articles under a platform's usual limits, so that its mistakes show before there is
 * anything to post: an ordinary article must become a post that leads to it; one with hardly anything, and an enormous
 * one, must be written in good order. Throws `TemplateError`.
 */
export async function checkTemplate(file: TemplateFile, rules: Rules): Promise<void> {
  const { url } = ordinaryTrial
  const { parts } = await composeStrictly(ordinaryTrial, file, rules)
  const leads = parts.some(
    ({ segments, card }) =>
      card !== null ||
      rules.write(segments).includes(url) ||
      segments.some(({ link }) => link === url),
  )
  if (!leads) {
    const wrong = 'its posts would lead nowhere: write {{ url }}, or say “card: true”'
    throw new TemplateError(file.name, null, wrong)
  }
  for (const article of trials) {
    const { html } = await renderTemplate(parseTemplate(file), article, rules)
    parseSections(file.name, html)
  }
}
