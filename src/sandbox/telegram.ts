import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { type Answer, type Arrival, json } from './answer.ts'
import { serve } from './http.ts'
import { openKeep } from './keep.ts'
import type { StandIn, StandInOptions } from './stand-in.ts'
import { botOf, type Place, placeOf, telegram, type TelegramAccount } from './telegram/accounts.ts'
import { type Channels, openChannels } from './telegram/channels.ts'
import { parametersOf, textOf } from './telegram/parameters.ts'
import { refused } from './telegram/refusals.ts'

export { telegram, type TelegramAccount } from './telegram/accounts.ts'

export interface TelegramOptions extends StandInOptions {
  /** Else the one of `telegram`. */
  accounts?: readonly TelegramAccount[]
  /** Messages a second in one channel before a 429; else as many as come. */
  pace?: number
  clock?: Clock
}

/** Starts the stand-in of the Bot API: `getMe`, `getChat`, `getChatMember`, `sendMessage`. */
export function startTelegram(options: TelegramOptions): Promise<StandIn> {
  const { accounts = [telegram], port, file, clock = () => new Date() } = options
  return serve(port, () => {
    const places = accounts.map(placeOf)
    const keep = openKeep('telegram', file, z.never())
    const channels = openChannels(keep, options.pace ?? null)
    return {
      platform: 'telegram',
      clock,
      posts: () => keep.posts(),
      shown: (path) => path.replace(/^\/bot[^/]*/, '/bot'),
      answer: (arrival) => answer(arrival, places, channels),
    }
  })
}

async function answer(
  arrival: Arrival,
  places: readonly Place[],
  channels: Channels,
): Promise<Answer> {
  const [, token = '', method = ''] = /^\/bot(\d+:[\w-]+)\/(\w+)$/.exec(arrival.path) ?? []
  if (token === '') throw refused('noToken')
  const own = places.filter((place) => place.token === token)
  if (own.length === 0) throw refused('badToken')
  const parameters = await parametersOf(arrival)
  const result = call(method.toLowerCase(), parameters, { own, token, channels, at: arrival.at })
  return json(200, { ok: true, result })
}

interface Call {
  own: readonly Place[]
  token: string
  channels: Channels
  at: Date
}

function call(
  method: string,
  parameters: Record<string, unknown>,
  { own, token, channels, at }: Call,
): unknown {
  switch (method) {
    case 'getme':
      return {
        ...botOf(token),
        can_join_groups: true,
        can_read_all_group_messages: false,
        supports_inline_queries: false,
      }
    case 'getchat':
      return chatOf(placeIn(own, parameters))
    case 'getchatmember':
      return memberOf(placeIn(own, parameters), textOf(parameters, 'user_id'))
    case 'sendmessage':
      return channels.send(parameters, () => placeIn(own, parameters), at)
    default:
      throw refused('noMethod')
  }
}

/** The channel that `chat_id` names: by number or, without regard to case, by @name. */
function placeIn(own: readonly Place[], parameters: Record<string, unknown>): Place {
  const name = textOf(parameters, 'chat_id').trim().toLowerCase()
  if (name === '') throw refused('noChatId')
  const found = own.find(
    ({ chat }) =>
      String(chat.id) === name ||
      (chat.username !== undefined && `@${chat.username.toLowerCase()}` === name),
  )
  if (!found) throw refused('noChat')
  if (found.rights === 'kicked') throw refused('kicked')
  return found
}

function chatOf({ chat }: Place) {
  return {
    ...chat,
    ...(chat.username !== undefined && { active_usernames: [chat.username] }),
    accent_color_id: 3,
    max_reaction_count: 11,
  }
}

function memberOf({ token, rights }: Place, userId: string) {
  const user = botOf(token)
  if (userId !== String(user.id)) throw refused('noMember')
  if (rights === 'member' || rights === 'not-member')
    return { user, status: rights === 'member' ? 'member' : 'left' }
  return {
    user,
    status: 'administrator',
    can_be_edited: false,
    is_anonymous: false,
    can_manage_chat: true,
    can_post_messages: rights === 'post',
    can_edit_messages: false,
    can_delete_messages: false,
  }
}
