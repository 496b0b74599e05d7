import type { mastodon } from 'masto'
import { z } from 'zod'
import type { Draft } from '../../posts/post.ts'
import type { Publication, Syndication } from '../platform.ts'

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
 * `allowed_mentions` servers since 4.2 refuse the post instead, older and other ones ignore the field.
 * Later parts of a thread stay out of timelines.
 */
export function paramsOf(
  draft: Draft,
  { replyTo }: Publication,
): mastodon.rest.v1.CreateStatusParams {
  return {
    status: draft.text,
    visibility: replyTo === null ? 'public' : 'unlisted',
    allowedMentions: [],
    ...languageOf(draft.language),
    ...(replyTo !== null && { inReplyToId: replyTo.parent.id }),
  }
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
