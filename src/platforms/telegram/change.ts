import { z } from 'zod'
import type { Draft } from '../../posts/post.ts'
import { PlatformError } from '../error.ts'
import type { Syndication } from '../platform.ts'
import type { BotApi } from './api.ts'
import { captionOf, textOf } from './message.ts'

/** Of a channel's post the message itself, of which nothing is needed. */
const edited = z.union([z.object({ message_id: z.number() }), z.literal(true)])

/** The server's words where a text was taken for a picture's caption, or the reverse. */
const OTHER = /there is no (?:text|caption) in the message/i

/** Where a bot's message stands. */
interface Place {
  chat: string | number
  signal: AbortSignal
}

/**
 * `editMessageText` or `editMessageCaption`, whichever the message takes: those that were sent long ago do not tell.
 * One that already says so is what was wanted. Throws `rejected`, with `gone` where there is none.
 */
export async function edit(
  api: BotApi,
  syndication: Syndication,
  draft: Draft,
  place: Place,
): Promise<Syndication> {
  const { caption, ...text } = syndication
  const photo = { ...text, caption: true } as const
  const [first, other] = caption ? [photo, text] : [text, photo]
  try {
    await editAs(api, first, draft, place)
    return first
  } catch (error) {
    if (!(error instanceof PlatformError) || !OTHER.test(error.reason)) throw error
    await editAs(api, other, draft, place)
    return other
  }
}

async function editAs(
  api: BotApi,
  { id, caption }: Syndication,
  draft: Draft,
  { chat, signal }: Place,
): Promise<void> {
  const options = { operation: 'other', signal } as const
  const message = { chat_id: chat, message_id: Number(id) }
  const call = caption
    ? api.call('editMessageCaption', { ...message, ...captionOf(draft) }, edited, options)
    : api.call('editMessageText', { ...message, ...textOf(draft) }, edited, options)
  await wanted(call)
}

/** `deleteMessage`. Throws `rejected` where the server may not any more (Bot API, deleteMessage). */
export async function remove(
  api: BotApi,
  { id }: Syndication,
  { chat, signal }: Place,
): Promise<void> {
  const message = { chat_id: chat, message_id: Number(id) }
  const call = api.call('deleteMessage', message, z.literal(true), { operation: 'other', signal })
  await wanted(call).catch((error: unknown) => {
    if (!(error instanceof PlatformError) || !/can't be deleted/i.test(error.reason)) throw error
    const { reason, status, worded } = error
    const why = `${reason} (a bot can delete only what is younger than 48 hours)`
    throw new PlatformError('rejected', why, { status, worded })
  })
}

/** What is refused because it is so already is no failure. */
async function wanted(call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    if (!(error instanceof PlatformError) || !error.done) throw error
  })
}
