import { type KeptArticle, whole } from '../articles/kept.ts'
import type { Limits } from '../platforms/platform.ts'
import type { RegisteredPlatform } from '../platforms/registry.ts'
import { type Draft, ordinary, type Part, type Segment } from '../posts/post.ts'
import type { TemplateFile } from '../posts/template-file.ts'

export type { TemplateFile }

/**
 * What one article becomes on one platform, part by part: the one way from article to wire, which preview and
 * publishing share. Throws `TemplateError` where the template is wrong or leaves too little room.
 */
export async function writeDrafts(
  article: KeptArticle,
  platform: Pick<RegisteredPlatform, 'measure' | 'hashtag' | 'render'>,
  limits: Limits,
  template: TemplateFile,
): Promise<Draft[]> {
  const { composePost } = await import('../posts/compose.ts')
  const post = await composePost(whole(article), template, {
    write: (segments) => platform.render(bare(segments), limits).text,
    measure: (text) => platform.measure(text, limits),
    hashtag: (name) => platform.hashtag(name),
  })
  return post.parts.map((part) => platform.render(part, limits))
}

/** Words and nothing else. */
function bare(segments: Segment[]): Part {
  return { segments, card: null, images: [], manner: ordinary, language: null, warnings: [] }
}
