import type { Article } from '../../../src/articles/article.ts'
import { readTemplates } from '../../../src/config/templates.ts'
import { writeDrafts } from '../../../src/deliveries/draft.ts'
import type { Limits, PlatformId } from '../../../src/platforms/platform.ts'
import { platforms } from '../../../src/platforms/registry.ts'
import type { Draft } from '../../../src/posts/post.ts'

const templates = await readTemplates()

export const ids = ['telegram', 'bluesky', 'mastodon'] as const

/** An article of a few words; `changes` say what else it is. */
export function articleOf(changes: Partial<Article> = {}): Article {
  return {
    url: 'https://www.exemple.fr/2026/11/le-pont-rouvre/',
    title: 'Le pont rouvre lundi',
    excerpt: 'Après deux ans de travaux, les cyclistes passent d’abord.',
    preface: null,
    content: null,
    credit: null,
    image: null,
    categories: [],
    tags: [],
    authors: [],
    language: 'fr',
    publishedAt: null,
    updatedAt: null,
    images: [],
    posts: {},
    ...changes,
  }
}

interface Else {
  source?: string
  limits?: Limits
}

/** The parts of an article's post on a platform, by its shipped template unless another is given. */
export async function draftsOf(
  id: PlatformId,
  article: Article,
  { source, limits = platforms[id].limits }: Else = {},
): Promise<Draft[]> {
  const template = source === undefined ? templates[id] : { name: `${id}.liquid`, source }
  return writeDrafts(article, platforms[id], limits, template)
}

/** The same of a post that has one part. */
export async function draftOf(id: PlatformId, article: Article, how: Else = {}): Promise<Draft> {
  const [draft, ...more] = await draftsOf(id, article, how)
  if (!draft || more.length > 0) throw new Error('a post has one part')
  return draft
}
