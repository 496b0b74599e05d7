import { type KeptArticle, whole } from '../articles/kept.ts'
import type { Limits, PlatformId } from '../platforms/platform.ts'
import { platforms, type RegisteredPlatform } from '../platforms/registry.ts'
import type { Rules } from '../posts/compose.ts'
import { type Draft, ordinary, type Part, type Segment } from '../posts/post.ts'
import type { TemplateFile } from '../posts/template/template-file.ts'

export type { TemplateFile }

/**
 * What one article becomes on one platform, part by part: the one way from article to wire, which preview and
 * publishing share. Where the template fails, title and link go out with a warning. Throws `TemplateError` only where
 * the limits leave no room for the link.
 */
export async function writeDrafts(
  article: KeptArticle,
  platform: Pick<RegisteredPlatform, 'id' | 'measure' | 'hashtag' | 'render'>,
  limits: Limits,
  template: TemplateFile,
): Promise<Draft[]> {
  const { composePost } = await import('../posts/compose.ts')
  const read = whole(article)
  const ownWords = read.posts[platform.id]?.trim() || null
  const rules = { ...rulesOf(platform, limits), ownWords }
  const post = await composePost(read, template, rules)
  return post.parts.map((part) => platform.render(part, limits))
}

/** Throws the `TemplateError` of the first template that would fail with ordinary articles. */
export async function checkTemplates(
  templates: Readonly<Record<PlatformId, TemplateFile>>,
): Promise<void> {
  const { checkTemplate } = await import('../posts/template/check.ts')
  const { checkManners } = await import('../posts/template/manners.ts')
  const manners = Object.fromEntries(Object.values(platforms).map((one) => [one.id, one.manners]))
  for (const platform of Object.values(platforms)) {
    checkManners(templates[platform.id], platform.id, manners)
    const leads = (part: Part, url: string) => {
      const { text, card, images, facets } = platform.render(part, platform.limits)
      const cardLeads = card !== null && images.length === 0
      // Telegram and Mastodon make a link of an address as it is written
      return cardLeads || text.includes(url) || facets.some(({ value }) => value === url)
    }
    const rules = { ...rulesOf(platform, platform.limits), leads }
    await checkTemplate(templates[platform.id], rules)
  }
}

function rulesOf(
  platform: Pick<RegisteredPlatform, 'measure' | 'hashtag' | 'render'>,
  limits: Limits,
): Rules {
  return {
    write: (segments) => platform.render(bare(segments), limits).text,
    measure: (text, warning) => platform.measure(text, limits, warning ?? ''),
    hashtag: (name) => platform.hashtag(name),
  }
}

/** Words and nothing else. */
function bare(segments: Segment[]): Part {
  return { segments, card: null, images: [], manner: ordinary, language: null, warnings: [] }
}
