import type { Article } from './article.ts'
import { cleanHtml, cleanTree, paragraphsOf } from './clean.ts'
import { firstSentences, handWritten, parted } from './excerpt.ts'
import { eachOnce, picturesIn } from './illustrations.ts'
import { languageOf } from './language.ts'
import { momentOf } from './moment.ts'
import type { PageReading } from './page.ts'
import { partsOf } from './parts.ts'
import type { Hint } from './read.ts'
import { plainText, plainTextOrNull } from './text.ts'
import { isDefaultCategory, type WordPressPost } from './wordpress.ts'

/** Everything that was read of one article. */
export interface Readings {
  /** Null where the site gives it none. */
  title: string | null
  page: PageReading
  post: WordPressPost | null
  hint: Hint | null
  remove: readonly string[]
}

/**
 * One article out of what its site's JSON, its page and its feed say, in this order. A note without a title begins with
 * its first sentence instead; the title is empty where there is none either.
 */
export async function articleOf({ title, page, post, hint, remove }: Readings): Promise<Article> {
  const { paragraphs, pictures } = await bodyOf(page, post, remove)
  const parts = partsOf(paragraphs)
  const whole = paragraphs.map(({ text }) => text).join(' ')
  const described = (await cleanHtml(hint?.description ?? '', remove))
    .map(({ text }) => text)
    .join(' ')
  const written = handWritten(
    [post?.excerpt ?? null, ...page.descriptions, described],
    [whole, parts.content, page.rawText],
  )
  // a short text says its language together with what stands above it
  const language = await languageOf(
    [whole, written, title].filter(Boolean).join('\n'),
    page.languages,
  )
  const text = parts.content ?? parts.preface
  const { first, rest } = title === null ? parted(text, language) : { first: title, rest: text }
  const excerpt = written ?? firstSentences(rest, language)
  const featured = post?.image ?? page.image
  const images = eachOnce(featured ? [featured, ...pictures] : pictures)
  const terms = post ?? page
  const filed = post !== null || terms.categories.length > 0 || terms.tags.length > 0
  return {
    url: page.canonical,
    title: first ?? '',
    excerpt,
    ...parts,
    image: images[0] ?? null,
    images,
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

/** The text and its pictures: the site's JSON has them without what plugins add to the page. */
async function bodyOf(page: PageReading, post: WordPressPost | null, remove: readonly string[]) {
  if (post?.content == null) return page
  const tree = await cleanTree(post.content, remove)
  return { paragraphs: paragraphsOf(tree), pictures: picturesIn(tree, page.canonical) }
}

function hintedTerms(hint: Hint | null): string[] {
  const names = (hint?.categories ?? []).map(plainText)
  return names.filter((name) => name && !isDefaultCategory(name.toLowerCase()))
}

function firstFilled(...lists: (readonly (string | null)[] | undefined)[]): string[] {
  const names = lists.map((list) => (list ?? []).filter((name) => name !== null))
  return names.find((list) => list.length > 0) ?? []
}
