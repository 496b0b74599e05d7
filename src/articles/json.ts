import { parseFields, parseJson } from '../fields.ts'
import { merged, needsPage } from './complete.ts'
import { readArticle, type ReadArticle, type ReadOptions } from './read.ts'
import { articleInput, type ArticleInput } from './schema.ts'

export type { ArticleInput }

/**
 * Parses an article given as JSON: a text, or what a JSON parser made of one. Throws a `Problem` that names the
 * field: `field-missing`, `field-unknown`, `field-invalid`; `json-invalid` for a text that is no JSON.
 */
export function parseArticleJson(given: unknown): ArticleInput {
  return parseFields(articleInput, typeof given === 'string' ? parseJson(given) : given, 'article')
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
