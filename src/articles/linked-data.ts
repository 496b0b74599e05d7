import { z } from 'zod'
import type { Page } from './dom.ts'

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]).catch([])
const named = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)])
const names = z.union([named.transform((name) => [name]), z.array(named)]).catch([])
const pictured = z.union([z.string(), z.object({ url: z.string() }).transform(({ url }) => url)])
const picture = z.union([pictured, z.array(pictured).transform(([first]) => first ?? null)])

const linkedArticle = z.object({
  headline: z.string().nullish().catch(null),
  description: z.string().nullish().catch(null),
  articleBody: z.string().nullish().catch(null),
  articleSection: texts,
  keywords: z
    .union([z.string().transform((text) => text.split(',')), z.array(z.string())])
    .catch([]),
  author: names,
  image: picture.nullish().catch(null),
  inLanguage: z.string().nullish().catch(null),
  datePublished: z.string().nullish().catch(null),
  dateModified: z.string().nullish().catch(null),
})

/** The article that a page describes in JSON-LD. */
export type LinkedArticle = z.infer<typeof linkedArticle>

const node = z.looseObject({ '@type': texts })
const articleType = /^(?:\w*Article|BlogPosting|LiveBlogPosting|Report|Review|SocialMediaPosting)$/
const listType = /^(?:CollectionPage|SearchResultsPage|ProfilePage)$/

/** What a page's JSON-LD says: the article it holds, and whether it calls itself a list of things. */
export function linkedDataOf(page: Page): { article: LinkedArticle | null; list: boolean } {
  const nodes = [...page.querySelectorAll('script[type="application/ld+json"]')]
    .slice(0, 20)
    .flatMap((script) => nodesOf(jsonOf(script.textContent ?? '')))
  const is = (type: RegExp) => (one: z.infer<typeof node>) =>
    one['@type'].some((name) => type.test(name.replace(/^.*[/:]/, '')))
  const article = linkedArticle.safeParse(nodes.find(is(articleType))).data ?? null
  return { article, list: nodes.some(is(listType)) }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A script may hold one thing, a list, or a graph. */
function nodesOf(json: unknown): z.infer<typeof node>[] {
  if (Array.isArray(json)) return json.slice(0, 50).flatMap(nodesOf)
  const one = node.safeParse(json).data
  if (!one) return []
  return [one, ...(Array.isArray(one['@graph']) ? nodesOf(one['@graph']) : [])]
}
