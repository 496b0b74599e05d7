import type { Article } from './article.ts'

/** An article as the ledger keeps it: one that was read before they were known lacks these two. */
export type KeptArticle = Omit<Article, 'images' | 'posts'> &
  Partial<Pick<Article, 'images' | 'posts'>>

/** The article with every field, whenever it was kept. */
export function whole(kept: KeptArticle): Article {
  const { images = kept.image ? [kept.image] : [], posts = {} } = kept
  return { ...kept, images, posts }
}
