import { limitsOf } from '../accounts/limits.ts'
import { platforms } from '../platforms/registry.ts'
import type { Draft } from '../posts/post.ts'
import type { Claimed } from './claim.ts'
import { writeDrafts } from './draft.ts'
import type { PartRow } from './freeze.ts'
import type { Means } from './means.ts'

/**
 * What a post that stands would say now, part by part, with the pictures it went out with, and of which revision
 * of its article that is. Throws `TemplateError`.
 */
export async function draftsNow(
  means: Pick<Means, 'db' | 'templates'>,
  { account, delivery }: Claimed,
  parts: readonly PartRow[],
): Promise<{ drafts: Draft[]; revision: number }> {
  const { article, revision } = await means.db
    .selectFrom('articles')
    .select(['article', 'revision'])
    .where('id', '=', delivery.article_id)
    .executeTakeFirstOrThrow()
  if (article === null) throw new Error(`a${delivery.article_id} was announced but never read`)
  const limits = limitsOf(account)
  // what stands beside a picture is edited as its caption
  const caption = parts[0]?.syndication?.caption === true
  const room = caption ? { ...limits, text: limits.caption ?? limits.text } : limits
  const platform = platforms[account.platform]
  const drafts = await writeDrafts(article, platform, room, means.templates[account.platform])
  const before = new Map(parts.map((part) => [part.position, part.draft]))
  return {
    drafts: drafts.map((draft, position) => keepingPictures(draft, before.get(position))),
    revision,
  }
}

function keepingPictures(draft: Draft, before: Draft | undefined): Draft {
  if (before === undefined) return draft
  const card = before.images.length > 0 ? before.card : draft.card
  return { ...draft, images: before.images, card }
}

/** Whether readers would see no difference: an article saved without a visible change asks for nothing. */
export function sameToReaders(one: Draft, other: Draft): boolean {
  return seen(one) === seen(other)
}

function seen({ text, facets, card, manner, language }: Draft): string {
  // whom a mention means only the platform knows
  const marks = facets.map(({ kind, start, end, value }) => [
    kind,
    start,
    end,
    kind === 'mention' ? '' : value,
  ])
  const shown = card && [card.url, card.title, card.description, card.above]
  return JSON.stringify([text, marks, shown, manner.contentWarning, language])
}
