import { composeStrictly, type Rules } from '../compose.ts'
import { TemplateError } from '../error.ts'
import type { Part } from '../post.ts'
import { parseSections } from '../segments.ts'
import { checkMembers } from './members.ts'
import { parseTemplate, renderTemplate } from './template.ts'
import type { TemplateFile } from './template-file.ts'
import { ordinaryTrial, trials } from './trial.ts'

/** What trying a template takes besides. */
export interface TrialRules extends Rules {
  /** Whether a part, as it would stand there, leads readers to this address. */
  leads(part: Part, url: string): boolean
}

/**
 * Tries a template with made-up articles under a platform's usual limits, so that its mistakes show before there is
 * anything to post: an ordinary article must become a post that leads to it; one with hardly anything, and an
 * enormous one, must be written in good order. Throws `TemplateError`.
 */
export async function checkTemplate(file: TemplateFile, rules: TrialRules): Promise<void> {
  checkMembers(parseTemplate(file), file.nearest)
  const { parts } = await composeStrictly(ordinaryTrial, file, rules)
  if (!parts.some((part) => rules.leads(part, ordinaryTrial.url))) {
    const wrong = 'its posts would lead nowhere: write {{ url }}'
    throw new TemplateError(file.name, null, wrong)
  }
  for (const article of trials) {
    const { html } = await renderTemplate(parseTemplate(file), article, rules)
    parseSections(file.name, html)
  }
}
