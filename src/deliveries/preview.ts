import type { Article } from '../articles/article.ts'
import type { Limits, PlatformId } from '../platforms/platform.ts'
import { platforms } from '../platforms/registry.ts'
import type { Card, Draft, Warning } from '../posts/post.ts'
import { type TemplateFile, writeDrafts } from './draft.ts'

/** What would be posted on one account: the public shape, `Preview` in the docs. */
export interface PostPreview {
  account: string
  platform: PlatformId
  /** Exactly what readers see of the first part. */
  text: string
  count: number
  limit: number
  language: string | null
  parts: Draft[]
  card: Card | null
  images: { url: string; alt: string | null }[]
  warnings: Warning[]
}

/** An account to preview for, with its own limits where they could be had. */
export interface PreviewAccount {
  name: string
  platform: PlatformId
  limits: Limits | null
}

/** The posts an article would become; written by what publishing uses, sent nowhere. */
export async function previewPosts(
  article: Article,
  accounts: readonly PreviewAccount[],
  templates: Readonly<Record<PlatformId, TemplateFile>>,
): Promise<PostPreview[]> {
  return Promise.all(
    accounts.map(async ({ name, platform: id, limits }) => {
      const platform = platforms[id]
      const unknown: Warning[] = limits === null ? [{ kind: 'limits-unknown' }] : []
      const parts = await writeDrafts(article, platform, limits ?? platform.limits, templates[id])
      const [first] = parts
      if (first === undefined) throw new Error(`no post for ${name}`)
      return {
        account: name,
        platform: id,
        text: first.text,
        count: first.count,
        limit: first.limit,
        language: first.language,
        parts,
        card: first.card,
        images: [],
        warnings: [...unknown, ...parts.flatMap((part) => part.warnings)],
      }
    }),
  )
}
