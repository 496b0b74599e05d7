import { Problem } from '../locale/problem.ts'
import type { Article, Picture } from './article.ts'
import { firstSentences } from './excerpt.ts'
import { cleanAddress, keysOf } from './identity.ts'
import { eachOnce } from './illustrations.ts'
import type { ArticleInput } from './schema.ts'
import { languageOf } from './language.ts'
import { paragraphsOfText } from './markup.ts'
import { partsOf } from './parts.ts'
import type { ReadArticle } from './read.ts'

/** Whether a given article can only be announced after its page was read. */
export function needsPage(input: ArticleInput): boolean {
  return !input.title || !(input.excerpt || input.content)
}

/**
 * An article given as JSON, with what it lacks taken from its page; what is given always wins. `page` is null where
 * `needsPage` says that the page need not be read. Throws `field-missing` where there is no title at all.
 */
export async function merged(input: ArticleInput, page: ReadArticle | null): Promise<ReadArticle> {
  const read = page?.article ?? null
  const title = input.title || read?.title
  if (!title) throw new Problem('field-missing', { field: 'title' })
  const given = await givenParts(input)
  const content = given ? given.content : (read?.content ?? null)
  const words = [content, input.excerpt, title].filter(Boolean).join('\n')
  const found = given || !read ? await languageOf(words, [read?.language]) : read.language
  const language = input.language ?? found
  const images = givenPictures(input) ?? read?.images ?? []
  const article: Article = {
    url: read?.url ?? cleanAddress(input.url),
    title,
    excerpt:
      (await plainLines(input.excerpt)) ??
      (given ? firstSentences(content, language) : read?.excerpt) ??
      null,
    preface: (await plainLines(input.preface)) ?? (given ? given.preface : read?.preface) ?? null,
    content,
    credit: input.credit || ((given ? given.credit : null) ?? read?.credit ?? null),
    image: images[0] ?? null,
    images,
    categories: filled(input.categories ?? read?.categories),
    tags: filled(input.tags ?? read?.tags),
    authors: filled(input.authors ?? read?.authors),
    language,
    publishedAt: input.publishedAt ?? read?.publishedAt ?? null,
    updatedAt: input.updatedAt ?? read?.updatedAt ?? null,
    posts: ownWords(input.posts),
  }
  const keys = keysOf({ addresses: [input.url, article.url], id: input.id })
  return { article, keys: [...new Set([...keys, ...(page?.keys ?? [])])] }
}

/** A given content with its preface and credit apart; a preface given by itself leaves the content whole. */
async function givenParts(input: ArticleInput) {
  if (!input.content) return null
  const paragraphs = await paragraphsOfText(input.content)
  return partsOf(
    input.preface ? paragraphs.map(({ text }) => ({ text, emphasised: false })) : paragraphs,
  )
}

/** The pictures that are given, `image` first; null where nothing is said of any. */
function givenPictures({ image, images }: ArticleInput): Picture[] | null {
  if (!image && !images) return null
  const given = [...(image ? [image] : []), ...(images ?? [])]
  const pictures = given.map(({ url, alt }) => ({ url, alt: alt || null }))
  return eachOnce(pictures, (url) => url)
}

/** The platforms that words are given for. */
function ownWords(posts: ArticleInput['posts']): Article['posts'] {
  const { telegram, bluesky, mastodon } = posts ?? {}
  return {
    ...(telegram && { telegram }),
    ...(bluesky && { bluesky }),
    ...(mastodon && { mastodon }),
  }
}

async function plainLines(text: string | null | undefined): Promise<string | null> {
  const paragraphs = text ? await paragraphsOfText(text) : []
  return paragraphs.map((paragraph) => paragraph.text).join('\n\n') || null
}

function filled(names: readonly string[] | undefined): string[] {
  return [...new Set(names ?? [])].filter(Boolean)
}
