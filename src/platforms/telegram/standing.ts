import { z } from 'zod'
import { PlatformError } from '../error.ts'
import type { Standing } from '../platform.ts'
import type { BotApi } from './api.ts'
import { limits } from './limits.ts'

const bot = z.object({ id: z.number().int(), username: z.string().optional() })
const chat = z.object({
  id: z.number().int(),
  type: z.string(),
  title: z.string().optional(),
  username: z.string().optional(),
})
const member = z.object({
  status: z.string(),
  can_post_messages: z.boolean().optional(),
  can_send_messages: z.boolean().optional(),
})

/**
 * Who the bot is and whether it may post in the channel (Bot API: getMe, getChat, getChatMember).
 * Throws `unauthorized` that names the missing right.
 */
export async function standingOf(
  api: BotApi,
  channel: string | number,
  signal: AbortSignal,
): Promise<Standing> {
  const options = { operation: 'other', signal } as const
  const { id: user_id, username = '' } = await api.call('getMe', {}, bot, options)
  const {
    id,
    type,
    title,
    username: name,
  } = await api.call('getChat', { chat_id: channel }, chat, options)
  const rights = await api.call('getChatMember', { chat_id: id, user_id }, member, options)
  const missing = missingRight(type, rights)
  if (missing !== null) throw new PlatformError('unauthorized', `@${username} ${missing}`)
  return {
    identity: String(id),
    title: name === undefined ? (title ?? String(id)) : `@${name}`,
    url: name === undefined ? null : `https://t.me/${name}`,
    limits,
  }
}

/** The name by which anybody finds a channel, without `@`; null where it is private. */
export async function nameOf(
  api: BotApi,
  channel: string | number,
  signal: AbortSignal,
): Promise<string | null> {
  const options = { operation: 'other', signal } as const
  const { username } = await api.call('getChat', { chat_id: channel }, chat, options)
  return username ?? null
}

function missingRight(type: string, rights: z.infer<typeof member>): string | null {
  const { status, can_post_messages, can_send_messages } = rights
  if (type === 'private') return 'was given a person, not a channel'
  if (type !== 'channel') {
    const silent = status === 'restricted' && can_send_messages !== true
    return silent || status === 'left' || status === 'kicked' ? 'may not write in the group' : null
  }
  if (status === 'creator') return null
  if (status !== 'administrator') return 'is no administrator of the channel'
  return can_post_messages === true ? null : 'lacks the right «Post messages» (can_post_messages)'
}
