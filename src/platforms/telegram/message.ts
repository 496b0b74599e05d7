import type { Opts } from 'telegraf/types'
import { z } from 'zod'
import type { Card, Draft, Facet } from '../../posts/post.ts'
import type { Syndication, Upload } from '../platform.ts'

type Message = Opts<'sendMessage'>
type Photo = Opts<'sendPhoto'>
type Entity = NonNullable<Message['entities']>[number]

/**
 * A draft as `sendMessage` takes it: text and entities, so that no article's words can be markup. Hashtags and
 * names are found by the server. `prefer_…` and the choice of page count only with `url` (Bot API,
 * LinkPreviewOptions).
 */
export function messageOf(
  draft: Draft,
  chat: string | number,
  parent: Syndication | undefined,
): Message {
  return { ...placeOf(draft, chat, parent), ...textOf(draft) }
}

/** A draft with its picture as `sendPhoto` takes it: the text is the caption, and there is no preview. */
export function photoOf(
  draft: Draft,
  { bytes, mime }: Upload,
  chat: string | number,
  parent: Syndication | undefined,
): Photo {
  return {
    ...placeOf(draft, chat, parent),
    photo: { source: Buffer.from(bytes), filename: `picture.${mime.split('/')[1] ?? 'jpeg'}` },
    ...captionOf(draft),
  }
}

/** A text as sent and as edited: an edit without the preview's options would bring back the default one. */
export function textOf({ text, facets, card }: Draft) {
  return { text, entities: facets.flatMap(entityOf), link_preview_options: preview(card) }
}

/** A picture's text, as sent and as edited. */
export function captionOf({ text, facets }: Draft) {
  return { caption: text, caption_entities: facets.flatMap(entityOf) }
}

function placeOf({ manner }: Draft, chat: string | number, parent: Syndication | undefined) {
  return {
    chat_id: chat,
    ...(manner.silent && { disable_notification: true }),
    ...(parent && {
      reply_parameters: { message_id: Number(parent.id), allow_sending_without_reply: true },
    }),
  }
}

function preview(card: Card | null): NonNullable<Message['link_preview_options']> {
  if (card === null) return { is_disabled: true }
  return { url: card.url, prefer_large_media: true, show_above_text: card.above }
}

function entityOf({ kind, start, end, value }: Facet): Entity[] {
  const place = { offset: start, length: end - start }
  if (kind === 'hashtag' || kind === 'mention') return []
  if (kind !== 'link') return [{ type: kind, ...place }]
  return value === undefined ? [] : [{ type: 'text_link', url: value, ...place }]
}

/** What is needed of a sent message. */
export const sentMessage = z.object({
  message_id: z.number().int(),
  chat: z.object({ username: z.string().optional() }),
})

/** Where the message stands: only public channels have an address that anybody can open. */
export function syndicationOf(sent: z.infer<typeof sentMessage>): Syndication {
  const id = String(sent.message_id)
  const { username } = sent.chat
  return { id, url: username === undefined ? null : `https://t.me/${username}/${id}` }
}
