import type { App } from '../../app.ts'
import { completeArticle, parseArticleJson } from '../../articles/json.ts'
import type { Article } from '../../articles/article.ts'
import { readArticle } from '../../articles/read.ts'
import { isProblem, Problem } from '../../locale/problem.ts'
import { type Feed, parseFeed } from '../../sources/feed.ts'

/** What somebody wants to see a preview of: an article, or all that a feed names. */
export type Subject = { article: Article } | { feed: Feed }

/** What was typed: an address, or an Article as JSON, which goes first. */
export interface Asked {
  url: string
  json: string
}

/** What reading it takes. */
export interface SubjectMeans extends Pick<App, 'fetch'> {
  reading: Pick<App['reading'], 'junkOf'>
  signal: AbortSignal
}

/**
 * Reads what was asked for; an address may be a page's or a feed's. Throws the problems of reading and of JSON;
 * `feed-is-html` where a page that is no article names a feed.
 */
export async function readSubject({ url, json }: Asked, means: SubjectMeans): Promise<Subject> {
  const { fetch, reading, signal } = means
  const optionsFor = (address: string) => ({ fetch, remove: reading.junkOf(address), signal })
  if (json.trim() !== '') {
    const input = parseArticleJson(json)
    return { article: (await completeArticle(input, optionsFor(input.url))).article }
  }
  if (!URL.canParse(url)) throw new Problem('address-invalid', { address: url })
  try {
    return { article: (await readArticle(url, optionsFor(url))).article }
  } catch (error) {
    if (!isProblem(error, 'not-an-article')) throw error
    const feed = await feedAt(url, means)
    if (feed === null) throw error
    return { feed }
  }
}

/** Null where there is none. */
async function feedAt(url: string, { fetch, signal }: SubjectMeans): Promise<Feed | null> {
  const answer = await fetch.get(url, { accept: '*/*', signal })
  try {
    return await parseFeed(answer.text(), answer.url)
  } catch (error) {
    if (isProblem(error, 'feed-broken')) return null
    if (isProblem(error, 'feed-is-html') && error.facts.feed === null) return null
    throw error
  }
}
