import type { mastodon } from 'masto'
import { z } from 'zod'
import type { Draft } from '../../posts/post.ts'
import type { Publication, Syndication } from '../platform.ts'
import { mediaRef } from './media.ts'

/** What is needed of a post, our own or one of our own in a list. */
export const status = z.object({
  id: z.string().min(1),
  url: z.string().nullish(),
  content: z.string(),
  createdAt: z.coerce.date(),
})

/** The answer to a publishing call. */
export const postedStatus = status.pick({ id: true, url: true })

/**
 * A draft as `POST /api/v1/statuses` takes it. No name in an article may ping anybody: with an empty
 * `allowed_mentions` servers since 4.2 refuse the post instead, older and other ones ignore the field. It would
 * refuse a name that the template means too; then U+2060 alone guards the others. Later parts of a thread stay out
 * of timelines. Pictures are sensitive under a warning, else as the account's own setting has it.
 */
export function paramsOf(
  draft: Draft,
  { replyTo, media }: Publication,
): mastodon.rest.v1.CreateStatusParams {
  const { visibility } = draft.manner
  const mediaIds = idsOf(media)
  const warned = warningOf(draft)
  const base = {
    status: draft.text,
    visibility: replyTo !== null && visibility === 'public' ? 'unlisted' : visibility,
    ...(!draft.facets.some(({ kind }) => kind === 'mention') && { allowedMentions: [] }),
    ...languageOf(draft.language),
    ...warned,
    ...(replyTo !== null && { inReplyToId: replyTo.parent.id }),
  }
  if (mediaIds.length === 0) return base
  return { ...base, mediaIds, ...(warned !== null && { sensitive: true }) }
}

/**
 * A draft as `PUT /api/v1/statuses/:id` takes it: what is left out would be removed, so all that stays is said again
 * (M update_status_service.rb). Visibility and the post it answers stay by themselves. `hidden`: whether its
 * pictures are sensitive as it stands.
 */
export function editOf(
  draft: Draft,
  { media }: Publication,
  hidden: boolean,
): mastodon.rest.v1.UpdateStatusParams {
  const mediaIds = idsOf(media)
  const warned = warningOf(draft)
  const base = { status: draft.text, ...languageOf(draft.language), ...warned }
  if (mediaIds.length === 0) return base
  return { ...base, mediaIds, sensitive: hidden || warned !== null }
}

function idsOf(media: Publication['media']): string[] {
  return media.flatMap((one) => ('ref' in one ? [mediaRef.parse(one.ref).id] : []))
}

function warningOf({ manner: { contentWarning } }: Draft): { spoilerText: string } | null {
  const said = contentWarning !== null && contentWarning.trim() !== ''
  return said ? { spoilerText: contentWarning } : null
}

/** Mastodon knows languages by their ISO 639 codes: `fr`, not `fr-CA`. */
function languageOf(tag: string | null): { language?: string } {
  const code = tag?.split('-')[0]?.toLowerCase() ?? ''
  return /^[a-z]{2,3}$/.test(code) ? { language: code } : {}
}

/** The published copy. */
export function syndicationOf({ id, url }: z.infer<typeof postedStatus>): Syndication {
  return { id, url: url ?? null }
}
