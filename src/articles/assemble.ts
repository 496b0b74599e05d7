import type { Article } from './article.ts'
import { cleanHtml } from './clean.ts'
import { firstSentences, handWritten } from './excerpt.ts'
import { languageOf } from './language.ts'
import { momentOf } from './moment.ts'
import type { PageReading } from './page.ts'
import { partsOf } from './parts.ts'
import type { Hint } from './read.ts'
import { plainText, plainTextOrNull } from './text.ts'
import { isDefaultCategory, type WordPressPost } from './wordpress.ts'

/** Everything that was read of one article. */
export interface Readings {
  title: string
  page: PageReading
  post: WordPressPost | null
  hint: Hint | null
  remove: readonly string[]
}

/** One article out of what its site's JSON, its page and its feed say, in this order. */
export async function articleOf({ title, page, post, hint, remove }: Readings): Promise<Article> {
  const paragraphs = post?.content != null ? await cleanHtml(post.content, remove) : page.paragraphs
  const parts = partsOf(paragraphs)
  const whole = paragraphs.map(({ text }) => text).join(' ')
  const language = await languageOf(whole || title, page.languages)
  const described = (await cleanHtml(hint?.description ?? '', remove))
    .map(({ text }) => text)
    .join(' ')
  const excerpt =
    handWritten(
      [post?.excerpt ?? null, ...page.descriptions, described],
      [whole, parts.content, page.rawText],
    ) ?? firstSentences(parts.content ?? parts.preface, language)
  const terms = post ?? page
  const filed = post !== null || terms.categories.length > 0 || terms.tags.length > 0
  return {
    url: page.canonical,
    title,
    excerpt,
    ...parts,
    image: post?.image ?? page.image,
    images: [],
    categories: terms.categories,
    // A feed does not tell categories from tags.
    tags: filed ? terms.tags : hintedTerms(hint),
    authors: firstFilled(post?.authors, page.authors, [hint?.author].map(plainTextOrNull)),
    language,
    publishedAt: post?.publishedAt ?? page.publishedAt ?? momentOf(hint?.publishedAt),
    updatedAt: post?.updatedAt ?? page.updatedAt,
    posts: {},
  }
}

function hintedTerms(hint: Hint | null): string[] {
  const names = (hint?.categories ?? []).map(plainText)
  return names.filter((name) => name && !isDefaultCategory(name.toLowerCase()))
}

function firstFilled(...lists: (readonly (string | null)[] | undefined)[]): string[] {
  const names = lists.map((list) => (list ?? []).filter((name) => name !== null))
  return names.find((list) => list.length > 0) ?? []
}
