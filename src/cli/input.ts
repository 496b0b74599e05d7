import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { type ArticleInput, completeArticle, parseArticleJson } from '../articles/json.ts'
import { type ReadArticle, readArticle } from '../articles/read.ts'
import { Problem } from '../locale/problem.ts'
import type { GuardedFetch } from '../net/fetch.ts'
import type { Surroundings } from './terminal.ts'

/** What a person named: the address of a page, or an Article as JSON. */
export type Input = { url: string } | { article: ArticleInput }

/**
 * Takes what was typed: an address, a file with an Article as JSON, or `-` for the same on standard input.
 * Throws `usage-input` where it is none of these, and the problems of the JSON.
 */
export async function openInput(typed: string, at: Surroundings): Promise<Input> {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(typed)) {
    if (!URL.canParse(typed)) throw new Problem('usage-input', { input: typed })
    return { url: typed }
  }
  const json =
    typed === '-' ? await text(at.stdin) : await readFile(typed, 'utf8').catch(() => null)
  if (json === null) throw new Problem('usage-input', { input: typed })
  return { article: parseArticleJson(json) }
}

/** Reads the article, as far as it has to be read. Throws the problems of reading. */
export function readInput(
  input: Input,
  fetch: GuardedFetch,
  junkOf: (url: string) => readonly string[],
): Promise<ReadArticle> {
  return 'url' in input
    ? readArticle(input.url, { fetch, remove: junkOf(input.url) })
    : completeArticle(input.article, { fetch, remove: junkOf(input.article.url) })
}
