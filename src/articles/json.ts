import { Problem } from '../locale/problem.ts'
import { merged, needsPage } from './complete.ts'
import { readArticle, type ReadArticle, type ReadOptions } from './read.ts'
import { articleInput, expectations, missing, type ArticleInput } from './schema.ts'

export type { ArticleInput }

/**
 * Parses an article given as JSON: a text, or what a JSON parser made of one. Throws a `Problem` that names the
 * field: `field-missing`, `field-unknown`, `field-invalid`; `json-invalid` for a text that is no JSON.
 */
export function parseArticleJson(given: unknown): ArticleInput {
  const { data, error } = articleInput.safeParse(typeof given === 'string' ? jsonOf(given) : given)
  if (data) return data
  const [issue] = error.issues
  const field = (issue?.path ?? []).join('.')
  if (issue?.code === 'unrecognized_keys') {
    const unknown = [field, issue.keys[0]].filter(Boolean).join('.')
    throw new Problem('field-unknown', { field: unknown })
  }
  if (issue?.message === missing) throw new Problem('field-missing', { field })
  const expected = expectations.catch('text').parse(issue?.message)
  throw new Problem('field-invalid', { field: field || 'article', expected })
}

/**
 * The article that was given, with what it lacks read from its page; with a title and an excerpt or content the page
 * is not asked for. What is given always wins. Throws the problems of `readArticle`.
 */
export async function completeArticle(
  input: ArticleInput,
  options: ReadOptions,
): Promise<ReadArticle> {
  return merged(input, needsPage(input) ? await readArticle(input.url, options) : null)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    throw new Problem('json-invalid', {
      wrong: error instanceof Error ? error.message : String(error),
    })
  }
}
